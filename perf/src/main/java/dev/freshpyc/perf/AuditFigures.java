package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@link AuditBench} on one tree.
 *
 * @param pairs the number that the floor program counted
 */
record AuditFigures(long pairs, Series audit, Series floor, Series peer) implements BenchRun.Figures {

    /** audit / compileall, wall-clock. */
    static final double AGAINST_PEER = 0.40;

    /** audit / floor, wall-clock, on a tree of tens of thousands of pairs, where the start of the JVM still counts. */
    static final double AGAINST_FLOOR = 2.0;

    /** audit / floor, wall-clock, from {@link BenchOptions#LARGE_PAIRS} on, where the second core makes up for the start. */
    static final double AGAINST_FLOOR_LARGE = 1.0;

    /** Resident MB at {@link BenchOptions#LARGE_PAIRS}. */
    static final double PEAK = 200;

    Ratio againstPeer() {
        return Ratio.of(audit.wall(), peer.wall());
    }

    Ratio againstFloor() {
        return Ratio.of(audit.wall(), floor.wall());
    }

    double peak() {
        return audit.peak().max();
    }

    @Override
    public List<Claim> claims() {
        boolean large = pairs >= BenchOptions.LARGE_PAIRS;
        String on = String.format(Locale.ROOT, " (%,d pairs)", pairs);
        double floorLimit = large ? AGAINST_FLOOR_LARGE : AGAINST_FLOOR;
        List<Claim> claims = new ArrayList<>();
        claims.add(
                new Claim(FigureTable.ratioName(audit, peer) + on, againstPeer().larger(), AGAINST_PEER, ""));
        claims.add(new Claim(
                FigureTable.ratioName(audit, floor) + on, againstFloor().larger(), floorLimit, ""));
        if (large) {
            claims.add(new Claim(audit.contender().name() + ", peak memory" + on, peak(), PEAK, " MB"));
        }
        return claims;
    }

    @Override
    public List<Content> contents() {
        Table ratios = FigureTable.RATIOS
                .with(FigureTable.wallRatio(audit, peer))
                .with(FigureTable.cpuRatio(audit, peer))
                .with(FigureTable.wallRatio(audit, floor))
                .with(FigureTable.cpuRatio(audit, floor))
                .with(FigureTable.wallRatio(floor, peer));
        return List.of(new Content.Tabled(FigureTable.of(List.of(audit, floor, peer))), new Content.Tabled(ratios));
    }
}
