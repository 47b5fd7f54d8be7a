package dev.freshpyc.indexer.archive;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/** Reads the local times of an archive as {@code zipimport._parse_dostime} does with {@code mktime(3)}. */
public final class ArchiveTime {

    private ArchiveTime() {}

    /**
     * The time of a member, in seconds since 1970. Months, days and seconds out of range carry over, as in mktime. A local time that
     * clocks skip is read with the offset before it. A local time that occurs twice, where clocks are set back, is the one that mktime
     * finds first in a new process; later calls may find the other.
     *
     * @param zone of the process that imports
     */
    public static long seconds(ArchiveMember member, ZoneRules zone) {
        int date = member.dosDate();
        int time = member.dosTime();
        LocalDateTime local = LocalDateTime.of(1980 + (date >> 9), 1, 1, 0, 0)
                .plusMonths((date >> 5 & 0xf) - 1)
                .plusDays((date & 0x1f) - 1)
                .plusHours(time >> 11)
                .plusMinutes(time >> 5 & 0x3f)
                .plusSeconds((time & 0x1f) * 2L);
        List<ZoneOffset> valid = zone.getValidOffsets(local);
        ZoneOffset guess = zone.getOffset(local.toInstant(ZoneOffset.UTC));
        return local.toEpochSecond(
                valid.contains(guess) ? guess : valid.isEmpty() ? zone.getOffset(local) : valid.getFirst());
    }
}
