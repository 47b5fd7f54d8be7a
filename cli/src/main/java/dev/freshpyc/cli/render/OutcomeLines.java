package dev.freshpyc.cli.render;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import java.io.PrintStream;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one JSON object a line for each file of a refresh, a repair, a clean or an undo, in the order of the paths. Thread-safe. */
public final class OutcomeLines implements Consumer<Outcome>, AutoCloseable {

    private final PrintStream out;
    private final SortedRows<RawPath> rows = new SortedRows<>("");
    private @Nullable RowWriter writer;

    /** Lines on {@code out}, which stays open, when this is closed. Loads the JSON library with the first line only. */
    public OutcomeLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void accept(Outcome outcome) {
        if (writer == null) {
            writer = new RowWriter();
        }
        byte[] row = writer.render(json -> write(json, outcome), "\n");
        rows.add(outcome.entry(), outcome.path(), outcome.level().name(), row);
    }

    private static void write(JsonGenerator json, Outcome outcome) {
        json.writeStartObject();
        FindingJson.path(json, "source", outcome.source());
        FindingJson.path(json, "pyc", outcome.pyc());
        json.writeStringProperty("entry", outcome.entry().toPython());
        json.writeName("tag");
        FindingJson.string(json, outcome.tag());
        json.writeStringProperty("opt", outcome.level().name());
        write(json, outcome.effect());
        json.writeEndObject();
    }

    @Override
    public synchronized void close() {
        try (rows) {
            rows.writeTo(out);
        }
        out.flush();
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
            case Effect.Restamped(var evidence, var packaged) -> {
                outcome(json, "restamped");
                json.writeStringProperty("evidence", evidence.label());
                packaged(json, packaged);
            }
            case Effect.Recompiled(var packaged) -> {
                outcome(json, "recompiled");
                packaged(json, packaged);
            }
            case Effect.Compared _ -> outcome(json, "compared");
            case Effect.SourceTimeSet(var seconds) -> {
                outcome(json, "source-time-set");
                json.writeNumberProperty("mtime", seconds);
            }
            case Effect.PutBack _ -> outcome(json, "put-back");
            case Effect.Removed _ -> outcome(json, "removed");
            case Effect.Cleaned(var reason, var bytes, var packaged) -> {
                outcome(json, "removed");
                json.writeStringProperty("reason", reason.label());
                json.writeNumberProperty("bytes", bytes);
                packaged(json, packaged);
            }
            case Effect.DirectoryCleaned _ -> outcome(json, "directory-removed");
            case Effect.Skipped(var reason) -> outcome(json, "skipped", reason);
            case Effect.Kept(var record) -> {
                outcome(json, "skipped", SkipReason.IN_RECORD);
                FindingJson.path(json, "record", record);
            }
            case Effect.RecordUpdated(var lines, var undecided) -> {
                outcome(json, "record-updated");
                json.writeNumberProperty("lines", lines);
                if (undecided > 0) {
                    json.writeNumberProperty("undecided", undecided);
                }
            }
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

    /** Writes the property only for files that a package's manifest lists with a digest. */
    private static void packaged(JsonGenerator json, boolean packaged) {
        if (packaged) {
            json.writeBooleanProperty("packaged", true);
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
