package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.render.Words;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.startup.ImportCause;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ModuleOrigin;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Sentences about a bench that its text and its page share. */
final class BenchText {

    static final String COLD = "cold: the page cache was dropped before each run";

    /** In place of a time that was not measured. */
    static final String UNKNOWN = "-";

    private BenchText() {}

    /** The words of a command, quoted so that a shell runs the same command. */
    static String command(List<String> words) {
        return words.stream().map(word -> ShellWord.of(RawPath.of(word))).collect(Collectors.joining(" "));
    }

    /** A sentence about the time that a repair saves; empty if one of the two states was not measured. */
    static Optional<String> saving(StartupBench.Result result) {
        Optional<StartSeries> asIs = result.of(StartState.AS_IS);
        Optional<StartSeries> repaired = result.of(StartState.REPAIRED);
        return asIs.isEmpty() || repaired.isEmpty()
                ? Optional.empty()
                : Optional.of(saving(
                        Interval.of(asIs.get().answer()),
                        Interval.of(repaired.get().answer())));
    }

    private static String saving(Interval before, Interval after) {
        if (before.overlaps(after)) {
            return "repair saves nothing that can be told from the noise: the intervals overlap";
        }
        return before.median() > after.median()
                ? String.format(
                        Locale.ROOT,
                        "repair saves %.0f ms of %.0f ms",
                        before.median() - after.median(),
                        before.median())
                : String.format(
                        Locale.ROOT,
                        "repair saves nothing: the state repaired took %.1f ms longer, read through a prefix",
                        after.median() - before.median());
    }

    /** Such as {@code zip: 31.0 ms in 12 modules of /path/app.zip}. */
    static String cause(ImportCause cause) {
        ModuleOrigin origin = cause.source().origin();
        String place = cause.source().place();
        return origin.label() + ": " + millis(cause.self()) + " in " + Words.count(cause.modules(), "module")
                + (place.isEmpty() ? "" : " of " + RawPath.of(place).shown())
                + (origin == ModuleOrigin.COMPILED && cause.saved().isPresent()
                        ? "; repair saves " + saved(cause.saved())
                        : "");
    }

    /** The time that a repair saves, in milliseconds; {@link #UNKNOWN} without a repaired start. */
    static String saved(OptionalLong micros) {
        return micros.isPresent() ? millis(micros.getAsLong()) : UNKNOWN;
    }

    /** The median of times in milliseconds. */
    static String median(Sample times) {
        return String.format(Locale.ROOT, "%.1f ms", times.median());
    }

    static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
}
