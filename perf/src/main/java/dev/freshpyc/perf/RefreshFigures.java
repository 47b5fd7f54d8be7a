package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@link RefreshBench}.
 *
 * @param pairs the number that the floor program counted
 * @param hashedBytes bytes that the first refresh hashes
 * @param indexBytes size of the index on disk
 * @param heapLimit MB of heap that every process had
 * @param inTurns first, unhashed, floor, empty, unchanged, audit, lookup, unverified, unforced, with snapshot
 */
record RefreshFigures(
        long pairs, long hashedBytes, long indexBytes, long heapLimit, List<Series> inTurns, Series changed)
        implements BenchRun.Figures {

    /** GB hashed in a second of wall-clock time, on all cores together. */
    static final double HASH_RATE = 1.5;

    /** unchanged / audit, wall-clock. */
    static final double AGAINST_AUDIT = 1.2;

    /** Milliseconds for ten paths at {@link BenchOptions#LARGE_PAIRS}. */
    static final double CHANGED = 250;

    /** Milliseconds for a lookup. */
    static final double LOOKUP = 150;

    /** Bytes on disk for each pair. */
    static final double SIZE = 300;

    /** MB of heap that suffice for {@link BenchOptions#LARGE_PAIRS}. */
    static final double HEAP = 128;

    RefreshFigures {
        inTurns = List.copyOf(inTurns);
    }

    Series first() {
        return inTurns.get(0);
    }

    Series unhashed() {
        return inTurns.get(1);
    }

    Series floor() {
        return inTurns.get(2);
    }

    Series empty() {
        return inTurns.get(3);
    }

    Series unchanged() {
        return inTurns.get(4);
    }

    Series audit() {
        return inTurns.get(5);
    }

    Series lookup() {
        return inTurns.get(6);
    }

    Series unverified() {
        return inTurns.get(7);
    }

    Series unforced() {
        return inTurns.get(8);
    }

    Series withSnapshot() {
        return inTurns.get(9);
    }

    /** GB a second of the hashing: the time of a first refresh minus that of a refresh that hashes nothing. */
    double hashRate() {
        return rate(unhashed());
    }

    /** GB a second of a whole first refresh, without the start of its process. */
    double wholeRate() {
        return rate(empty());
    }

    /** The smaller of the rate by the medians and the rate by the median of the rounds. */
    private double rate(Series without) {
        Sample first = first().wall();
        Sample less = without.wall();
        double millis = Math.max(
                first.median() - less.median(), first.pairwiseMinus(less).median());
        return hashedBytes / 1e6 / millis;
    }

    double bytesForEachPair() {
        return (double) indexBytes / pairs;
    }

    @Override
    public List<Claim> claims() {
        boolean large = pairs >= BenchOptions.LARGE_PAIRS;
        String on = String.format(Locale.ROOT, " (%,d pairs)", pairs);
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.atLeast("first refresh, the hashing" + on, hashRate(), HASH_RATE, " GB/s"));
        claims.add(Claim.atLeast("first refresh in all" + on, wholeRate(), HASH_RATE, " GB/s"));
        claims.add(new Claim(
                FigureTable.ratioName(unchanged(), audit()) + on, againstAudit().larger(), AGAINST_AUDIT, ""));
        claims.add(new Claim("lookup" + on, lookup().wall().median(), LOOKUP, " ms"));
        claims.add(new Claim("index, bytes a pair" + on, bytesForEachPair(), SIZE, ""));
        if (large) {
            claims.add(new Claim("ten changed paths" + on, changed.wall().median(), CHANGED, " ms"));
            claims.add(new Claim("all within a heap of" + on, heapLimit, HEAP, " MB"));
        }
        return claims;
    }

    @Override
    public List<Content> contents() {
        List<Series> all = new ArrayList<>(inTurns);
        all.add(changed);
        Table ratios = FigureTable.RATIOS
                .with(FigureTable.wallRatio(unchanged(), audit()))
                .with(FigureTable.cpuRatio(unchanged(), audit()))
                .with(FigureTable.wallRatio(first(), floor()))
                .with(FigureTable.wallRatio(changed, empty()));
        for (Series other : List.of(unverified(), unforced(), withSnapshot())) {
            ratios = ratios.with(FigureTable.wallRatio(other, first()));
        }
        return List.of(new Content.Tabled(FigureTable.of(all)), new Content.Tabled(ratios), new Content.Note(rates()));
    }

    private String rates() {
        return String.format(
                Locale.ROOT,
                "hashed first %.1f MB: %.2f GB/s in all, %.2f GB/s the hashing, %.2f GB/s the floor · "
                        + "index %.1f MB, %.0f bytes a pair · heap limit %d MB",
                hashedBytes / 1e6,
                wholeRate(),
                hashRate(),
                hashedBytes / 1e6 / floor().wall().median(),
                indexBytes / 1e6,
                bytesForEachPair(),
                heapLimit);
    }

    private Ratio againstAudit() {
        return Ratio.of(unchanged().wall(), audit().wall());
    }
}
