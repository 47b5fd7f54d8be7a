package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Verdict;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Counts the members of an archive whose headers differ from their sources as two time zones do. */
final class ShiftTally {

    /** Time zones differ by multiples of a quarter of an hour. */
    private static final int STEP = 900;

    /** Two time zones are at most 26 hours apart. */
    private static final int MAX_SHIFT = 26 * 3600;

    private final Map<Integer, Long> shifts = new TreeMap<>();

    void add(Verdict verdict, FileStamp source, PycHeader header) {
        if (!verdict.isRejectedForMtime() || !(header instanceof PycHeader.Timestamped times)) {
            return;
        }
        long difference = Integer.toUnsignedLong(times.mtime()) - source.mtimeSeconds();
        long shift = Math.floorDiv(difference + STEP / 2, STEP) * STEP;
        if (Math.abs(difference - shift) <= 1 && Math.abs(shift) <= MAX_SHIFT) {
            shifts.merge((int) shift, 1L, Long::sum);
        }
    }

    void add(ShiftTally other) {
        other.shifts.forEach((shift, pycs) -> shifts.merge(shift, pycs, Long::sum));
    }

    ArchiveTimes of(ZoneId zone) {
        long shifted = shifts.values().stream().mapToLong(Long::longValue).sum();
        int commonest = shifts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(0);
        return new ArchiveTimes(zone, shifted, commonest);
    }
}
