package dev.freshpyc.cli.render;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import java.io.PrintStream;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one JSON object a line for each file of a refresh, a repair or an undo, while the run goes on. Thread-safe. */
public final class OutcomeLines implements Consumer<Outcome>, AutoCloseable {

    private final PrintStream out;
    private @Nullable JsonGenerator generator;

    /** Lines on {@code out}, which stays open. Loads the JSON library with the first line only. */
    public OutcomeLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void accept(Outcome outcome) {
        if (generator == null) {
            generator = FindingJson.generator(out);
        }
        JsonGenerator json = generator;
        json.writeStartObject();
        FindingJson.path(json, "source", outcome.source());
        FindingJson.path(json, "pyc", outcome.pyc());
        json.writeStringProperty("entry", outcome.entry().toPython());
        json.writeName("tag");
        FindingJson.string(json, outcome.tag());
        json.writeStringProperty("opt", outcome.level().name());
        write(json, outcome.effect());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public synchronized void close() {
        if (generator != null) {
            generator.flush();
        }
    }

    /** Writes the property {@code line}, null where the line is not known. */
    static void writeLine(JsonGenerator json, OptionalInt line) {
        json.writeName("line");
        if (line.isPresent()) {
            json.writeNumber(line.getAsInt());
        } else {
            json.writeNull();
        }
    }

    private static void write(JsonGenerator json, Effect effect) {
        switch (effect) {
            case Effect.Recorded(var verdict, var reused) -> {
                outcome(json, "recorded");
                json.writeBooleanProperty("reused", reused);
                FindingJson.verdict(json, verdict);
            }
            case Effect.Restamped(var evidence) -> {
                outcome(json, "restamped");
                json.writeStringProperty("evidence", evidence.label());
            }
            case Effect.Recompiled _ -> outcome(json, "recompiled");
            case Effect.SourceTimeSet(var seconds) -> {
                outcome(json, "source-time-set");
                json.writeNumberProperty("mtime", seconds);
            }
            case Effect.PutBack _ -> outcome(json, "put-back");
            case Effect.Removed _ -> outcome(json, "removed");
            case Effect.Skipped(var reason) -> outcome(json, "skipped", reason);
            case Effect.Failed(var reason, var detail) -> {
                outcome(json, "failed", reason);
                json.writeStringProperty("detail", detail);
            }
            case Effect.DoesNotCompile(var line, var message, var otherCodeLoads) -> {
                outcome(json, "does-not-compile");
                writeLine(json, line);
                json.writeStringProperty("message", message);
                json.writeBooleanProperty("other_code_loads", otherCodeLoads);
            }
        }
    }

    private static void outcome(JsonGenerator json, String word) {
        json.writeStringProperty("outcome", word);
    }

    private static void outcome(JsonGenerator json, String word, SkipReason reason) {
        outcome(json, word);
        json.writeStringProperty("reason", reason.label());
    }
}
