package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Ratio;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured on one tree.
 *
 * @param pairs as the floor counted them
 */
record Figures(long pairs, Series audit, Series floor, Series peer) {

    Ratio againstPeer() {
        return Ratio.of(audit.wall(), peer.wall());
    }

    Ratio againstFloor() {
        return Ratio.of(audit.wall(), floor.wall());
    }

    double peak() {
        return audit.peak().max();
    }

    /** The claims that a tree of this size can bear. */
    List<Claim> claims() {
        boolean large = pairs >= BenchOptions.LARGE_PAIRS;
        String on = String.format(Locale.ROOT, " (%,d pairs)", pairs);
        double floorLimit = large ? Claim.AGAINST_FLOOR_LARGE : Claim.AGAINST_FLOOR;
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(name(audit, peer) + on, againstPeer().worse(), Claim.AGAINST_PEER, ""));
        claims.add(new Claim(name(audit, floor) + on, againstFloor().worse(), floorLimit, ""));
        if (large) {
            claims.add(new Claim(audit.contender().name() + ", peak memory" + on, peak(), Claim.PEAK, " MB"));
        }
        return claims;
    }

    /** A table of times and memory, then the ratios. */
    String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                "%-12s %29s   %29s   %10s%n", "", "wall ms: min, median, max", "CPU ms: min, median, max", "peak MB"));
        for (Series series : List.of(audit, floor, peer)) {
            table.append(row(series));
        }
        table.append(String.format("%n%-34s %10s %16s%n", "ratio", "of medians", "median of pairs"));
        table.append(row(name(audit, peer) + ", wall", againstPeer()));
        table.append(row(name(audit, peer) + ", CPU", Ratio.of(audit.cpu(), peer.cpu())));
        table.append(row(name(audit, floor) + ", wall", againstFloor()));
        table.append(row(name(audit, floor) + ", CPU", Ratio.of(audit.cpu(), floor.cpu())));
        return table.append(row(name(floor, peer) + ", wall", Ratio.of(floor.wall(), peer.wall())))
                .toString();
    }

    static String row(Series series) {
        return String.format(
                Locale.ROOT,
                "%-12s %29s   %29s   %10.1f%n",
                series.contender().name(),
                spread(series.wall()),
                spread(series.cpu()),
                series.peak().max());
    }

    private static String spread(Sample sample) {
        return String.format(Locale.ROOT, "%9.1f %9.1f %9.1f", sample.min(), sample.median(), sample.max());
    }

    private static String row(String name, Ratio ratio) {
        return String.format(Locale.ROOT, "%-34s %10.2f %16.2f%n", name, ratio.ofMedians(), ratio.medianOfPairs());
    }

    private static String name(Series subject, Series yardstick) {
        return subject.contender().name() + " / " + yardstick.contender().name();
    }
}
