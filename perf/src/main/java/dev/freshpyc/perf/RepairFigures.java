package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of {@link RepairBench}.
 *
 * @param inTurns replace, in-place, first, first in place, each, none, floor, in-place floor, compileall
 * @param damaged recompile and compileall, on a tree of damaged bodies
 */
record RepairFigures(List<Series> inTurns, List<Series> damaged) implements BenchRun.Figures {

    /** compileall / repair, wall-clock. */
    private static final double REPLACE_FASTER = 10;

    /** compileall / repair in place, wall-clock. */
    private static final double IN_PLACE_FASTER = 40;

    /** compileall / recompiling repair, wall-clock. */
    private static final double RECOMPILE_FASTER = 1;

    /** repair / floor, wall-clock. */
    private static final double AGAINST_FLOOR = 2;

    RepairFigures {
        inTurns = List.copyOf(inTurns);
        damaged = List.copyOf(damaged);
    }

    private Series replace() {
        return inTurns.get(0);
    }

    private Series inPlace() {
        return inTurns.get(1);
    }

    private Series first() {
        return inTurns.get(2);
    }

    private Series firstInPlace() {
        return inTurns.get(3);
    }

    private Series floor() {
        return inTurns.get(6);
    }

    private Series inPlaceFloor() {
        return inTurns.get(7);
    }

    private Series peer() {
        return inTurns.get(8);
    }

    @Override
    public List<Content> contents() {
        Table ratios = FigureTable.RATIOS;
        for (Series series : inTurns.subList(0, 8)) {
            ratios = ratios.with(wallRatio(peer(), series));
        }
        ratios = ratios.with(wallRatio(replace(), floor())).with(wallRatio(inPlace(), inPlaceFloor()));
        List<Series> all = new ArrayList<>(inTurns);
        all.addAll(damaged);
        return List.of(new Content.Tabled(FigureTable.of(all)), new Content.Tabled(ratios));
    }

    @Override
    public List<Claim> claims() {
        double againstFloor = Ratio.of(replace().wall(), floor().wall()).larger();
        return List.of(
                faster("compileall / replace", peer(), replace(), REPLACE_FASTER),
                faster("compileall / in-place", peer(), inPlace(), IN_PLACE_FASTER),
                faster("compileall / first", peer(), first(), REPLACE_FASTER),
                faster("compileall / first in place", peer(), firstInPlace(), IN_PLACE_FASTER),
                new Claim("replace / floor", againstFloor, AGAINST_FLOOR, ""),
                faster("compileall / recompile", damaged.get(1), damaged.get(0), RECOMPILE_FASTER));
    }

    private static List<String> wallRatio(Series subject, Series yardstick) {
        return FigureTable.row(
                FigureTable.ratioName(subject, yardstick) + ", wall", Ratio.of(subject.wall(), yardstick.wall()));
    }

    private static Claim faster(String what, Series peer, Series subject, double limit) {
        return Claim.atLeast(what, Ratio.of(peer.wall(), subject.wall()).smaller(), limit, "");
    }
}
