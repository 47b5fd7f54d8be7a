package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.TimestampTrust;
import dev.freshpyc.indexer.audit.TimestampTrust.Doubt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prints in one paragraph whether the timestamps of an entry can be trusted. */
final class TrustParagraph {

    private TrustParagraph() {}

    static String of(TimestampTrust trust) {
        if (trust.sources() == 0) {
            return "There are no sources with bytecode whose timestamps could be trusted or not.";
        }
        if (trust.trusted()) {
            return "Its timestamps can be trusted: nothing about those of " + Words.count(trust.sources(), "source")
                    + " looks set by a tool.";
        }
        List<String> reasons = new ArrayList<>();
        trust.doubts().forEach(doubt -> reasons.add(reason(doubt, trust.sources())));
        return "Its timestamps cannot be trusted: " + String.join("; ", reasons)
                + ". Hash-based bytecode does not depend on them.";
    }

    private static String reason(Doubt doubt, long sources) {
        return switch (doubt) {
            case Doubt.SharedMtime(long mtime, long shared) ->
                (shared == sources
                                ? "all " + Words.number(sources)
                                : Words.number(shared) + " of " + Words.number(sources))
                        + " sources have the same mtime, " + moment(mtime);
            case Doubt.NewerThanImage(long newer) ->
                Words.count(newer, "source") + " of " + Words.number(sources)
                        + " bear times later than the file system or image that holds them was written";
            case Doubt.OneWayMismatches(long pycs, boolean sourcesLater) ->
                Words.count(pycs, "pyc") + " of sources of the right size name another mtime, nearly all "
                        + (sourcesLater ? "an earlier" : "a later")
                        + " one than the source has, as after a checkout, a copy or a restored backup";
        };
    }

    private static String moment(long mtime) {
        if (mtime == 0) {
            return "0, as ostree and other image formats set it";
        }
        return mtime == 1
                ? "1, as flatpak and Nix set it"
                : mtime + " (" + Instant.ofEpochSecond(mtime) + "), as images and builds that set times leave it";
    }
}
