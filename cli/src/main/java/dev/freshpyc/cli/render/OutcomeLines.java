package dev.freshpyc.cli.render;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import java.io.PrintStream;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes one JSON object a line for each file of a refresh, a repair or an undo, while the run goes on. Thread-safe. */
public final class OutcomeLines implements Consumer<Outcome>, AutoCloseable {

    private final JsonGenerator json;

    /** Lines on {@code out}, which stays open. */
    public OutcomeLines(PrintStream out) {
        json = FindingJson.generator(out);
    }

    @Override
    public synchronized void accept(Outcome outcome) {
        json.writeStartObject();
        FindingJson.path(json, "source", outcome.source());
        FindingJson.path(json, "pyc", outcome.pyc());
        json.writeStringProperty("entry", outcome.entry().toPython());
        json.writeName("tag");
        FindingJson.string(json, outcome.tag());
        json.writeStringProperty("opt", outcome.level().name());
        write(outcome.effect());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public synchronized void close() {
        json.flush();
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

    private void write(Effect effect) {
        switch (effect) {
            case Effect.Recorded(var verdict, var reused) -> {
                outcome("recorded");
                json.writeBooleanProperty("reused", reused);
                FindingJson.verdict(json, verdict);
            }
            case Effect.Restamped(var evidence) -> {
                outcome("restamped");
                json.writeStringProperty("evidence", evidence.label());
            }
            case Effect.Recompiled _ -> outcome("recompiled");
            case Effect.SourceTimeSet(var seconds) -> {
                outcome("source-time-set");
                json.writeNumberProperty("mtime", seconds);
            }
            case Effect.PutBack _ -> outcome("put-back");
            case Effect.Removed _ -> outcome("removed");
            case Effect.Skipped(var reason) -> outcome("skipped", reason);
            case Effect.Failed(var reason, var detail) -> {
                outcome("failed", reason);
                json.writeStringProperty("detail", detail);
            }
            case Effect.DoesNotCompile(var line, var message, var otherCodeLoads) -> {
                outcome("does-not-compile");
                writeLine(json, line);
                json.writeStringProperty("message", message);
                json.writeBooleanProperty("other_code_loads", otherCodeLoads);
            }
        }
    }

    private void outcome(String word) {
        json.writeStringProperty("outcome", word);
    }

    private void outcome(String word, SkipReason reason) {
        outcome(word);
        json.writeStringProperty("reason", reason.label());
    }
}
