package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.judge.TimestampTrust;
import dev.freshpyc.indexer.judge.TimestampTrust.Doubt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prints in one paragraph whether the timestamps of an entry can be trusted. */
final class TrustParagraph {

    private TrustParagraph() {}

    static String of(TimestampTrust trust) {
        if (trust.sources() == 0) {
            return "There are no sources with bytecode, so no timestamps to trust.";
        }
        if (trust.trusted()) {
            return "Its timestamps can be trusted: the mtimes of " + Words.count(trust.sources(), "source")
                    + " show no sign of a tool that set them.";
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
                        + " have an mtime later than the time at which their file system or image was written";
            case Doubt.OneWayMismatches(long pycs, boolean sourcesLater) ->
                "the headers of " + Words.count(pycs, "pyc") + " have the source's size but another mtime, nearly all "
                        + (sourcesLater ? "an earlier" : "a later")
                        + " one, as after a checkout, a copy or a restored backup";
            case Doubt.TwoSecondTimes(long pycs) ->
                "the headers of " + Words.count(pycs, "pyc")
                        + " differ by one second from sources whose seconds are even, as after a zip archive or a FAT file"
                        + " system, which keep times in steps of two seconds";
            case Doubt.LocalTimes(long pycs, int seconds) ->
                "the headers of " + Words.count(pycs, "pyc") + " differ from their sources by whole hours (mostly "
                        + hours(seconds) + (seconds > 0 ? " later" : " earlier")
                        + "), as after an archive that keeps local time and was unpacked in another time zone";
        };
    }

    private static String hours(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        String hours = Words.count(minutes / 60, "hour");
        return minutes % 60 == 0 ? hours : hours + " and " + minutes % 60 + " minutes";
    }

    private static String moment(long mtime) {
        if (mtime == 0) {
            return "0, as ostree and other image formats set it";
        }
        return mtime == 1
                ? "1, as flatpak and Nix set it"
                : mtime + " (" + Instant.ofEpochSecond(mtime) + "), as left by images and builds that set times";
    }
}
