package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is claimed about growth. The start of a process hides the cost of a pair below {@link BenchOptions#LARGE_PAIRS}, so that
 * most claims are about the largest tree, if it has that many.
 *
 * @param sizes from the smallest to the largest
 */
record GrowthClaims(List<SizeFigures> sizes) {

    /** A lookup or a status in the largest tree / in the smallest: neither reads all of the index. */
    static final double CONSTANT = 1.2;

    /** Milliseconds for a lookup or a status. */
    static final double INSTANT = 80;

    /** A refresh of ten paths in the largest tree / in one of {@link #USUAL} pairs. */
    static final double FEW_PATHS = 1.5;

    /** Milliseconds for a refresh of ten paths. */
    static final double FEW_PATHS_MILLIS = 250;

    /** An unchanged refresh / an audit without an index. */
    static final double AGAINST_AUDIT = 0.7;

    /** An undo / the repair that it takes back. */
    static final double AGAINST_REPAIR = 1.5;

    /** The time of a pair in the largest tree / in the next smaller one. */
    static final double LINEAR = 1.2;

    /** A usual number of pairs: the libraries of one host. */
    private static final int USUAL = 14_000;

    GrowthClaims {
        sizes = List.copyOf(sizes);
    }

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (SizeFigures size : sizes) {
            if (size.pairs() >= USUAL) {
                double undo = size.ratio(GrowthWork.UNDO, size, GrowthWork.REPAIR);
                claims.add(new Claim("undo / repair" + on(size), undo, AGAINST_REPAIR, ""));
            }
            if (size.pairs() >= BenchOptions.LARGE_PAIRS) {
                double unchanged = size.ratio(GrowthWork.UNCHANGED, size, GrowthWork.AUDIT);
                claims.add(new Claim("unchanged / audit" + on(size), unchanged, AGAINST_AUDIT, ""));
            }
        }
        SizeFigures largest = sizes.getLast();
        if (largest.pairs() >= BenchOptions.LARGE_PAIRS) {
            constant(largest, claims);
            linear(largest, claims);
            memory(largest, claims);
        }
        return claims;
    }

    private void constant(SizeFigures largest, List<Claim> claims) {
        for (GrowthWork work : List.of(GrowthWork.LOOKUP, GrowthWork.STATUS)) {
            claims.add(growth(work, largest, sizes.getFirst(), CONSTANT));
            claims.add(new Claim(work.label() + on(largest), largest.wall(work), INSTANT, " ms"));
        }
        Optional<SizeFigures> usual =
                sizes.stream().filter(size -> size.pairs() == USUAL).findFirst();
        usual.ifPresent(size -> claims.add(growth(GrowthWork.CHANGED, largest, size, FEW_PATHS)));
        double changed = largest.wall(GrowthWork.CHANGED);
        claims.add(new Claim(GrowthWork.CHANGED.label() + on(largest), changed, FEW_PATHS_MILLIS, " ms"));
    }

    private void linear(SizeFigures largest, List<Claim> claims) {
        SizeFigures smaller = sizes.get(sizes.size() - 2);
        for (GrowthWork work : GrowthWork.values()) {
            if (work.isWholeTree()) {
                double growth = largest.eachPair(work) / smaller.eachPair(work);
                claims.add(new Claim(work.label() + ", time a pair" + over(largest, smaller), growth, LINEAR, ""));
            }
        }
    }

    private static void memory(SizeFigures largest, List<Claim> claims) {
        for (GrowthWork work : GrowthWork.values()) {
            if (work.megabytes() > 0) {
                String what = work.isMapping() ? ", peak less the index" : ", peak";
                claims.add(new Claim(work.label() + what, largest.ownPeak(work), work.megabytes(), " MB"));
            }
        }
    }

    private static Claim growth(GrowthWork work, SizeFigures largest, SizeFigures smaller, double limit) {
        return new Claim(work.label() + over(largest, smaller), largest.ratio(work, smaller, work), limit, "");
    }

    private static String on(SizeFigures size) {
        return String.format(Locale.ROOT, " (%,d pairs)", size.pairs());
    }

    private static String over(SizeFigures largest, SizeFigures smaller) {
        return String.format(Locale.ROOT, " (%,d / %,d)", largest.pairs(), smaller.pairs());
    }
}
