package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.ArchiveTimes;
import java.util.ArrayList;
import java.util.List;

/** Prints the time zone for which an archive was judged. */
final class ArchiveZone {

    private ArchiveZone() {}

    static List<String> lines(ArchiveTimes times) {
        List<String> lines = new ArrayList<>();
        lines.add("An archive keeps local times: these were read in the time zone "
                + RawPath.of(times.zone().getId()).shown() + " of this process (TZ).");
        if (times.shifted() > 0) {
            int minutes = Math.abs(times.shift()) / 60;
            String apart = Words.count(minutes / 60, "hour")
                    + (minutes % 60 == 0 ? "" : " and " + Words.count(minutes % 60, "minute"));
            lines.add(Words.count(times.shifted(), "pyc")
                    + (times.shifted() == 1 ? " is" : " are")
                    + " stale here, and would match in another time zone, mostly one that is "
                    + apart + (times.shift() > 0 ? " behind" : " ahead")
                    + ". A hash in the header does not depend on the zone.");
        }
        return lines;
    }
}
