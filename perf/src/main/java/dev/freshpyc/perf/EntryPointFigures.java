package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Sample.Ratio;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.List;

/**
 * The figures of {@link EntryPointBench} for one number of distributions.
 *
 * @param inTurns milliseconds of reader, importlib and JSON, then of the hundredth calls of reader and importlib
 * @param command milliseconds of the whole process of the command
 */
record EntryPointFigures(int distributions, List<Sample> inTurns, Sample command) implements BenchRun.Figures {

    /** Import and first answer: reader / importlib. */
    static final double FIRST = 0.2;

    /** Import and first answer: reader / JSON. */
    static final double JSON = 0.35;

    /** The hundredth call: reader / importlib. */
    static final double HUNDREDTH = 0.05;

    /** Milliseconds of the command for the largest number of distributions. */
    static final double COMMAND = 150;

    private static final int LARGEST = 2_000;

    private static final List<String> NAMES = List.of("reader", "importlib", "json", "reader 100th", "importlib 100th");

    EntryPointFigures {
        inTurns = List.copyOf(inTurns);
    }

    private Ratio ratio(int subject, int yardstick) {
        return Ratio.of(inTurns.get(subject), inTurns.get(yardstick));
    }

    @Override
    public List<Content> contents() {
        Table times = FigureTable.TIMES;
        for (int i = 0; i < NAMES.size(); i++) {
            times = times.with(FigureTable.row(NAMES.get(i), inTurns.get(i)));
        }
        times = times.with(FigureTable.row("command", command));
        Table ratios = FigureTable.RATIOS
                .with(FigureTable.row("reader / importlib", ratio(0, 1)))
                .with(FigureTable.row("reader / json", ratio(0, 2)))
                .with(FigureTable.row("reader / importlib, 100th", ratio(3, 4)));
        return List.of(new Content.Tabled(times), new Content.Tabled(ratios));
    }

    @Override
    public List<Claim> claims() {
        String of = " of " + distributions;
        List<Claim> claims = List.of(
                new Claim("reader / importlib" + of, ratio(0, 1).larger(), FIRST, ""),
                new Claim("reader / json" + of, ratio(0, 2).larger(), JSON, ""),
                new Claim("reader / importlib, 100th" + of, ratio(3, 4).larger(), HUNDREDTH, ""),
                new Claim("entry-points, whole process" + of, command.median(), COMMAND, " ms"));
        return distributions == LARGEST ? claims : claims.subList(0, 3);
    }
}
