package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.List;

/**
 * The figures of {@link ProofBench}.
 *
 * @param bytesForEachProof the size of the files with proofs, by the number of pairs
 * @param inTurns first, no proofs, copy first, copy audit, copy repair, compileall, verify, again, unchanged
 */
record ProofFigures(double bytesForEachProof, List<Series> inTurns) implements BenchRun.Figures {

    /** A first refresh that keeps proofs / one that keeps none, wall-clock. */
    static final double KEEPING = 1.15;

    /** An audit of a copy whose proofs are known / a first refresh of the copy, wall-clock. */
    static final double AUDIT = 1.3;

    /** compileall / a repair of a copy whose proofs are known, wall-clock. */
    static final double REPAIR_FASTER = 10;

    /** An audit that verifies a tree of which nothing is known / compileall, wall-clock. */
    static final double VERIFY = 1.2;

    /** An audit that verifies a tree again / a refresh that finds no change, wall-clock. */
    static final double VERIFY_AGAIN = 1.5;

    /** Bytes of a proof. */
    static final double SIZE = 60;

    ProofFigures {
        inTurns = List.copyOf(inTurns);
    }

    private Ratio keeping() {
        return ratio(0, 1);
    }

    private Ratio audit() {
        return ratio(3, 2);
    }

    private Ratio repair() {
        return ratio(5, 4);
    }

    private Ratio verify() {
        return ratio(6, 5);
    }

    private Ratio verifyAgain() {
        return ratio(7, 8);
    }

    private Ratio ratio(int subject, int yardstick) {
        return Ratio.of(inTurns.get(subject).wall(), inTurns.get(yardstick).wall());
    }

    @Override
    public List<Content> contents() {
        Table ratios = FigureTable.RATIOS
                .with(FigureTable.row("first / no proofs, wall", keeping()))
                .with(FigureTable.row("copy audit / copy first, wall", audit()))
                .with(FigureTable.row("compileall / copy repair, wall", repair()))
                .with(FigureTable.row("verify / compileall, wall", verify()))
                .with(FigureTable.row("again / unchanged, wall", verifyAgain()));
        return List.of(new Content.Tabled(FigureTable.of(inTurns)), new Content.Tabled(ratios));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim("first / no proofs", keeping().larger(), KEEPING, ""),
                new Claim("copy audit / copy first", audit().larger(), AUDIT, ""),
                Claim.atLeast("compileall / copy repair", repair().smaller(), REPAIR_FASTER, ""),
                new Claim("verify / compileall", verify().larger(), VERIFY, ""),
                new Claim("again / unchanged", verifyAgain().larger(), VERIFY_AGAIN, ""),
                new Claim("bytes a proof", bytesForEachProof, SIZE, ""));
    }
}
