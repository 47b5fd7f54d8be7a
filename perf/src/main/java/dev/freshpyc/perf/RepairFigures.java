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

    /** compileall / repair of a tree that the index knows. */
    private static final double REPLACE_FASTER = 12;

    /** Repair of such a tree / the floor that writes alike. */
    private static final double AGAINST_FLOOR = 1;

    /** The same in place. */
    private static final double AGAINST_IN_PLACE_FLOOR = 1.4;

    /** Repair of a tree of which nothing is proven, so that each body is compiled and compared / compileall. */
    private static final double FIRST = 1.2;

    /** compileall / repair of damaged bodies. */
    private static final double RECOMPILE_FASTER = 1;

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
            ratios = ratios.with(FigureTable.wallRatio(peer(), series));
        }
        ratios = ratios.with(FigureTable.wallRatio(replace(), floor()))
                .with(FigureTable.wallRatio(inPlace(), inPlaceFloor()));
        List<Series> all = new ArrayList<>(inTurns);
        all.addAll(damaged);
        return List.of(new Content.Tabled(FigureTable.of(all)), new Content.Tabled(ratios));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                faster("compileall / replace", peer(), replace(), REPLACE_FASTER),
                slower("replace / floor", replace(), floor(), AGAINST_FLOOR),
                slower("in-place / in-place floor", inPlace(), inPlaceFloor(), AGAINST_IN_PLACE_FLOOR),
                slower("first / compileall", first(), peer(), FIRST),
                slower("first in place / compileall", firstInPlace(), peer(), FIRST),
                faster("compileall / recompile", damaged.get(1), damaged.get(0), RECOMPILE_FASTER));
    }

    private static Claim faster(String what, Series peer, Series subject, double limit) {
        return Claim.atLeast(what, Ratio.of(peer.wall(), subject.wall()).smaller(), limit, "");
    }

    private static Claim slower(String what, Series subject, Series yardstick, double limit) {
        return new Claim(what, Ratio.of(subject.wall(), yardstick.wall()).larger(), limit, "");
    }
}
