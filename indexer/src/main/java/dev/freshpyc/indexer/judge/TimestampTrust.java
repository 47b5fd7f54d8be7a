package dev.freshpyc.indexer.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the timestamps of an entry can be trusted, with the doubts. No verdict depends on a doubt: verdicts compare times for
 * equality only.
 *
 * @param sources the number of sources
 * @param doubts empty when the timestamps can be trusted
 */
public record TimestampTrust(long sources, List<Doubt> doubts) {

    /** A reason not to trust timestamps. */
    public sealed interface Doubt {
        /** Most sources have the same mtime, to the nanosecond: a tool has set the mtimes. */
        record SharedMtime(long mtime, long sources) implements Doubt {}

        /**
         * Sources bear times later than their inode's last change, so later than the file system or image that holds them
         * was written: no write does that, a tool set them.
         */
        record NewerThanImage(long sources) implements Doubt {}

        /**
         * Many headers differ in mtime alone and nearly all in one direction, as after a checkout, a copy or a restored
         * backup that moved the times of sources that did not change.
         */
        record OneWayMismatches(long pycs, boolean sourcesLater) implements Doubt {}

        /** Headers differ by one second from sources whose seconds are even: zip archives and FAT keep two-second times. */
        record TwoSecondTimes(long pycs) implements Doubt {}

        /**
         * Headers differ by the same whole hours, or by one of a few, as between two time zones: an archive kept local time.
         *
         * @param seconds the commonest difference: header less source
         */
        record LocalTimes(long pycs, int seconds) implements Doubt {}
    }

    /** An mtime of whole seconds and the number of sources that have it. */
    record Shared(long mtime, long sources) {}

    private static final int FEW = 3;
    private static final int MANY_MISMATCHES = 10;

    public boolean trusted() {
        return doubts.isEmpty();
    }

    static TimestampTrust judge(
            long sources, Shared commonest, long newerThanImage, long pairs, MtimeDifferences differences) {
        List<Doubt> doubts = new ArrayList<>();
        if (sources >= FEW && commonest.sources * 2 > sources) {
            doubts.add(new Doubt.SharedMtime(commonest.mtime, commonest.sources));
        }
        if (newerThanImage >= FEW && newerThanImage * 100 >= sources) {
            doubts.add(new Doubt.NewerThanImage(newerThanImage));
        }
        if (differences.count() >= MANY_MISMATCHES && differences.count() * 5 >= pairs) {
            differences.pattern().ifPresent(doubts::add);
        }
        return new TimestampTrust(sources, List.copyOf(doubts));
    }
}
