package dev.freshpyc.indexer.judge;

import dev.freshpyc.indexer.judge.TimestampTrust.Doubt;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts by how much the mtimes in headers differ from those of sources of the right size, and tells the tool that left such
 * differences. Where nine of ten follow a pattern, it is that tool.
 */
final class MtimeDifferences {

    /** Time zones differ from UTC by multiples of a quarter of an hour. */
    private static final int ZONE_STEP = 900;

    /** Two time zones are at most 26 hours apart. */
    private static final int MAX_SHIFT = 26 * 3600;

    private final Map<Integer, Long> shifts = new TreeMap<>();
    private long count;
    private long sourcesLater;
    private long twoSecond;

    /** Counts a header that differs from its source only in the mtime. */
    void add(long source, long header) {
        count++;
        if (source > header) {
            sourcesLater++;
        }
        long difference = header - source;
        if (Math.abs(difference) == 1 && Math.floorMod(source, 2) == 0) {
            twoSecond++;
        } else if (Math.abs(difference) <= MAX_SHIFT) {
            addShift((int) difference, Math.floorMod(source, 2) == 0);
        }
    }

    void add(MtimeDifferences other) {
        count += other.count;
        sourcesLater += other.sourcesLater;
        twoSecond += other.twoSecond;
        other.shifts.forEach((shift, pycs) -> shifts.merge(shift, pycs, Long::sum));
    }

    long count() {
        return count;
    }

    /** The pattern that nearly all differences have. */
    Optional<Doubt> pattern() {
        long shifted = shifts.values().stream().mapToLong(Long::longValue).sum();
        long oneWay = Math.max(sourcesLater, count - sourcesLater);
        if (isNearlyAll(twoSecond)) {
            return Optional.of(new Doubt.TwoSecondTimes(twoSecond));
        }
        if (isNearlyAll(shifted)) {
            return Optional.of(new Doubt.LocalTimes(shifted, commonestShift()));
        }
        return isNearlyAll(oneWay)
                ? Optional.of(new Doubt.OneWayMismatches(oneWay, oneWay == sourcesLater))
                : Optional.empty();
    }

    /** Counts a shift by whole quarters of an hour; where the archive also kept two-second times, one second may be added. */
    private void addShift(int difference, boolean even) {
        int rest = Math.floorMod(difference, ZONE_STEP);
        if (rest == 0) {
            shifts.merge(difference, 1L, Long::sum);
        } else if (even && (rest == 1 || rest == ZONE_STEP - 1)) {
            shifts.merge(rest == 1 ? difference - 1 : difference + 1, 1L, Long::sum);
        }
    }

    private int commonestShift() {
        return shifts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    private boolean isNearlyAll(long pycs) {
        return pycs * 10 >= count * 9;
    }
}
