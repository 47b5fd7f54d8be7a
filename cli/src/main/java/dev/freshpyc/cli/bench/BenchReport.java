package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.startup.ImportCause;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.Spread;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Prints the result of a bench for people. */
public final class BenchReport {

    private static final int MODULES = 10;
    private static final int CAUSES = 12;
    private static final int BAR = 30;

    /** Share of the median from which on the width of a confidence interval is called noise. */
    private static final double NOISE = 0.1;

    private final StartupBench.Result result;
    private final PrintStream out;

    private final boolean bars;

    /** The intervals of the first answers, by state. */
    private final Map<StartState, Interval> answers = new EnumMap<>(StartState.class);

    private BenchReport(StartupBench.Result result, PrintStream out, boolean bars) {
        this.result = result;
        this.out = out;
        this.bars = bars;
        result.series().forEach(series -> answers.put(series.state(), Interval.of(series.answer())));
    }

    private Interval answer(StartSeries series) {
        return Objects.requireNonNull(answers.get(series.state()));
    }

    /**
     * Prints the result.
     *
     * @param profile the profile that was written, if the user asked for one
     * @param bars whether to draw a bar for each state, as a terminal can show it
     */
    public static void print(
            List<String> command,
            StartupBench.Result result,
            Optional<SavedProfile> profile,
            PrintStream out,
            boolean bars) {
        BenchReport report = new BenchReport(result, out, bars);
        out.println(BenchText.command(command));
        if (result.cold()) {
            out.println(BenchText.COLD);
        }
        out.println();
        report.states();
        report.comparison();
        report.saving();
        report.modules();
        profile.ifPresent(saved -> saved.print(out));
    }

    private void states() {
        double longest = result.series().stream()
                .mapToDouble(series -> series.answer().median())
                .max()
                .orElse(1);
        out.printf(
                Locale.ROOT, "%-15s %10s  %-19s %10s  %s%n", "state", "answer", "95 % interval", "imports", "mean ± σ");
        for (StartSeries series : result.series()) {
            Interval answer = answer(series);
            Spread spread = Spread.of(series.answer());
            out.printf(
                    Locale.ROOT,
                    "%-15s %7.1f ms  %-19s %10s  %.1f ms ± %.1f ms%n",
                    ValueConverters.label(series.state()),
                    answer.median(),
                    String.format(Locale.ROOT, "%.1f to %.1f ms", answer.low(), answer.high()),
                    series.imports().map(BenchText::median).orElse(BenchText.UNKNOWN),
                    spread.mean(),
                    spread.deviation());
            if (bars) {
                out.println("  " + "█".repeat((int) Math.max(1, Math.round(BAR * answer.median() / longest))));
            }
        }
        out.println();
        result.series().forEach(this::noise);
    }

    private void noise(StartSeries series) {
        Sample sample = series.answer();
        Interval interval = answer(series);
        int outliers = Spread.of(sample).outliers();
        if (outliers > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d of %d runs are outliers%n",
                    ValueConverters.label(series.state()),
                    outliers,
                    sample.values().size());
        }
        double width = (interval.high() - interval.low()) / interval.median();
        if (width > NOISE) {
            out.printf(
                    Locale.ROOT,
                    "%s: noisy, the interval is %.0f %% of the median wide; more --runs, or a quieter machine, narrow it%n",
                    ValueConverters.label(series.state()),
                    100 * width);
        }
    }

    private void comparison() {
        Optional<StartSeries> fastest = result.series().stream()
                .min(Comparator.comparingDouble(series -> series.answer().median()));
        if (fastest.isEmpty() || result.series().size() < 2) {
            return;
        }
        Interval best = answer(fastest.get());
        out.println(ValueConverters.label(fastest.get().state()) + " ran");
        for (StartSeries series : result.series()) {
            if (series.state() == fastest.get().state()) {
                continue;
            }
            Interval other = answer(series);
            if (best.overlaps(other)) {
                out.printf(
                        Locale.ROOT,
                        "  no difference shown to %s: the intervals overlap%n",
                        ValueConverters.label(series.state()));
            } else {
                out.printf(
                        Locale.ROOT,
                        "  %.2f times faster than %s%n",
                        other.median() / best.median(),
                        ValueConverters.label(series.state()));
            }
        }
    }

    private void saving() {
        BenchText.saving(result).ifPresent(sentence -> out.println("\n" + sentence));
    }

    private void modules() {
        List<ModuleCost> modules = result.modules();
        if (modules.isEmpty()) {
            return;
        }
        List<ModuleCost> compiled = modules.stream()
                .filter(module -> module.saved().orElse(0) > 0)
                .limit(MODULES)
                .toList();
        if (!compiled.isEmpty()) {
            out.println("the worst modules, by what repair saves:");
            table(compiled);
        }
        out.println("the worst modules, by cumulative time as it is:");
        table(modules.stream()
                .sorted(Comparator.comparingLong(ModuleCost::cumulative).reversed())
                .limit(MODULES)
                .toList());
        List<ImportCause> causes = ImportCause.of(modules);
        if (!causes.isEmpty()) {
            out.println("all modules but those whose bytecode was loaded, by origin and place:");
        }
        causes.stream().limit(CAUSES).forEach(cause -> out.println(BenchText.cause(cause)));
        if (causes.size() > CAUSES) {
            out.println("and " + (causes.size() - CAUSES) + " more places, with less time");
        }
    }

    private void table(List<ModuleCost> modules) {
        out.printf(Locale.ROOT, "%12s %12s %12s  %-10s %s%n", "saved", "self", "cumulative", "from", "module");
        for (ModuleCost module : modules) {
            out.printf(
                    Locale.ROOT,
                    "%12s %9.1f ms %9.1f ms  %-10s %s%n",
                    BenchText.saved(module.saved()),
                    module.self() / 1e3,
                    module.cumulative() / 1e3,
                    module.origin().label(),
                    RawPath.of(module.module()).shown());
        }
    }
}
