package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.DocumentSchema;
import dev.freshpyc.indexer.host.ChildCpuTime;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.startup.ImportCause;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.Spread;
import dev.freshpyc.perf.startup.StartRun;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the result of a bench as one JSON document. */
public final class BenchJson {

    private BenchJson() {}

    public static void print(
            List<String> command, StartupBench.Result result, Optional<SavedProfile> profile, PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.BENCH.start(json);
        json.writeArrayPropertyStart("command");
        command.forEach(json::writeString);
        json.writeEndArray();
        json.writeNumberProperty("bootstrap_seed", Interval.SEED);
        json.writeBooleanProperty("cold", result.cold());
        if (result.python().isPresent()) {
            json.writeStringProperty("python", result.python().get());
        }
        json.writeNumberProperty("compiled_modules", result.compiledModules());
        json.writeArrayPropertyStart("states");
        result.series().forEach(series -> state(json, series));
        json.writeEndArray();
        json.writeArrayPropertyStart("modules");
        result.modules().forEach(module -> module(json, module));
        json.writeEndArray();
        json.writeArrayPropertyStart("causes");
        ImportCause.of(result.modules()).forEach(cause -> cause(json, cause));
        json.writeEndArray();
        profile.ifPresent(saved -> saved.json(json));
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void state(JsonGenerator json, StartSeries series) {
        json.writeStartObject();
        json.writeStringProperty("state", ValueConverters.label(series.state()));
        series.imports().ifPresent(times -> end(json, "imports_ms", times));
        end(json, "answer_ms", series.answer());
        json.writeEndObject();
    }

    private static void end(JsonGenerator json, String name, Sample sample) {
        Interval interval = Interval.of(sample);
        Spread spread = Spread.of(sample);
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("median", interval.median());
        json.writeNumberProperty("low", interval.low());
        json.writeNumberProperty("high", interval.high());
        json.writeNumberProperty("mean", spread.mean());
        json.writeNumberProperty("stddev", spread.deviation());
        json.writeNumberProperty("outliers", spread.outliers());
        json.writeArrayPropertyStart("times");
        sample.values().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void module(JsonGenerator json, ModuleCost module) {
        json.writeStartObject();
        json.writeStringProperty("module", module.module());
        json.writeStringProperty("origin", module.origin().label());
        json.writeNumberProperty("self_us", module.self());
        json.writeNumberProperty("cumulative_us", module.cumulative());
        module.saved().ifPresent(micros -> json.writeNumberProperty("saved_us", micros));
        json.writeEndObject();
    }

    private static void cause(JsonGenerator json, ImportCause cause) {
        json.writeStartObject();
        json.writeStringProperty("origin", cause.source().origin().label());
        if (!cause.source().place().isEmpty()) {
            json.writeStringProperty("place", cause.source().place());
        }
        json.writeNumberProperty("modules", cause.modules());
        json.writeNumberProperty("self_us", cause.self());
        cause.saved().ifPresent(micros -> json.writeNumberProperty("saved_us", micros));
        json.writeEndObject();
    }

    /** Writes the times until the answer as {@code hyperfine --export-json} does, in seconds. */
    public static void printHyperfine(List<String> command, StartupBench.Result result, PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        json.writeStartObject();
        json.writeArrayPropertyStart("results");
        for (StartSeries series : result.series()) {
            Sample answer = series.answer();
            Spread spread = Spread.of(answer);
            json.writeStartObject();
            json.writeStringProperty(
                    "command", ValueConverters.label(series.state()) + ": " + String.join(" ", command));
            json.writeNumberProperty("mean", spread.mean() / 1e3);
            json.writeNumberProperty("stddev", spread.deviation() / 1e3);
            json.writeNumberProperty("median", answer.median() / 1e3);
            series.cpu().ifPresent(times -> cpu(json, times));
            json.writeNumberProperty("min", answer.min() / 1e3);
            json.writeNumberProperty("max", answer.max() / 1e3);
            json.writeArrayPropertyStart("times");
            answer.values().forEach(millis -> json.writeNumber(millis / 1e3));
            json.writeEndArray();
            exitCodes(json, series);
            json.writeObjectPropertyStart("parameters");
            json.writeStringProperty("state", ValueConverters.label(series.state()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    /** 0 for a run that is known to its end; null where the bench ended the command at its answer, as hyperfine writes for a signal. */
    private static void exitCodes(JsonGenerator json, StartSeries series) {
        json.writeArrayPropertyStart("exit_codes");
        for (StartRun run : series.runs()) {
            if (run.cpu().isPresent()) {
                json.writeNumber(0);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void cpu(JsonGenerator json, List<ChildCpuTime> times) {
        json.writeNumberProperty(
                "user",
                times.stream().mapToLong(ChildCpuTime::userMicros).average().orElse(0) / 1e6);
        json.writeNumberProperty(
                "system",
                times.stream().mapToLong(ChildCpuTime::systemMicros).average().orElse(0) / 1e6);
    }
}
