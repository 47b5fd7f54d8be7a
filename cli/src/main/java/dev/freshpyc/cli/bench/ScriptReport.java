package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.DocumentSchema;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ScriptStart;
import dev.freshpyc.perf.startup.ScriptStart.Measured;
import dev.freshpyc.perf.startup.ScriptStart.Script;
import dev.freshpyc.perf.startup.ScriptStart.Unmeasured;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The starts of the scripts of an environment, sorted by the time that a repair saves, the largest first.
 *
 * @param python the interpreter of the environment, as shown to the user
 */
public record ScriptReport(String group, String python, int runs, boolean cold, List<ScriptStart> starts) {

    public ScriptReport {
        starts = List.copyOf(starts);
    }

    public void print(DocumentFormat format, PrintStream out) {
        switch (format) {
            case TEXT -> text(out);
            case JSON -> json(out);
        }
    }

    private List<Measured> ranked() {
        return starts.stream()
                .filter(Measured.class::isInstance)
                .map(Measured.class::cast)
                .sorted(Comparator.comparingDouble(Measured::saved)
                        .thenComparingDouble(start -> start.asIs().median())
                        .reversed())
                .toList();
    }

    private List<Unmeasured> unmeasured() {
        return starts.stream()
                .filter(Unmeasured.class::isInstance)
                .map(Unmeasured.class::cast)
                .toList();
    }

    private void text(PrintStream out) {
        List<Measured> ranked = ranked();
        if (!ranked.isEmpty()) {
            if (cold) {
                out.println(BenchText.COLD);
            }
            out.printf(Locale.ROOT, "%12s %12s %12s  %-24s %s%n", "saved", "as-is", "repaired", "script", "package");
        }
        for (Measured start : ranked) {
            out.printf(
                    Locale.ROOT,
                    "%9.1f ms %9.1f ms %9.1f ms  %-24s %s%n",
                    start.saved(),
                    start.asIs().median(),
                    start.repaired().median(),
                    RawPath.of(start.script().name()).shown(),
                    owner(start.script()));
        }
        if (!unmeasured().isEmpty()) {
            out.println("not measured:");
        }
        for (Unmeasured start : unmeasured()) {
            out.println("  " + RawPath.of(start.script().name()).shown() + " (" + owner(start.script()) + "): "
                    + start.reason());
        }
    }

    private static String owner(Script script) {
        String name = RawPath.of(script.distribution().orElse("unknown")).shown();
        return script.version()
                .map(version -> name + " " + RawPath.of(version).shown())
                .orElse(name);
    }

    private void json(PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.BENCH_ENTRY_POINTS.start(json);
        json.writeStringProperty("group", group);
        json.writeStringProperty("python", python);
        json.writeNumberProperty("runs", runs);
        json.writeBooleanProperty("cold", cold);
        json.writeNumberProperty("bootstrap_seed", Interval.SEED);
        json.writeArrayPropertyStart("scripts");
        for (Measured start : ranked()) {
            script(json, start.script());
            interval(json, "as_is_ms", start.asIs());
            interval(json, "repaired_ms", start.repaired());
            json.writeNumberProperty("saved_ms", start.saved());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("not_measured");
        for (Unmeasured start : unmeasured()) {
            script(json, start.script());
            json.writeStringProperty("reason", start.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void script(JsonGenerator json, Script script) {
        json.writeStartObject();
        json.writeStringProperty("script", script.name());
        json.writeStringProperty("file", JavaPath.toRaw(script.file()).toPython());
        script.distribution().ifPresent(name -> json.writeStringProperty("dist", name));
        script.version().ifPresent(version -> json.writeStringProperty("version", version));
    }

    private static void interval(JsonGenerator json, String name, Interval interval) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("median", interval.median());
        json.writeNumberProperty("low", interval.low());
        json.writeNumberProperty("high", interval.high());
        json.writeEndObject();
    }
}
