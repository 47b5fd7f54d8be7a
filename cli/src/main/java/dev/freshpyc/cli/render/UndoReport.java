package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.indexer.repair.journal.RecordedRun;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/** Prints the summary of an undo. */
public final class UndoReport {

    private UndoReport() {}

    /** Prints the summary; nothing in JSON lines, which have a line for each file instead. */
    public static void print(RecordedRun run, UndoSummary summary, Format format, PrintStream out) {
        switch (format) {
            case TEXT -> text(run, summary, out);
            case JSON -> json(run, summary, out);
            case JSONL -> {}
        }
    }

    private static void text(RecordedRun run, UndoSummary summary, PrintStream out) {
        RepairReport.list(summary.left(), out);
        out.println(Words.number(summary.seen()) + " changed by the " + run.kind() + "; put back: "
                + Words.number(summary.putBack()) + ", removed: " + Words.number(summary.removed())
                + RepairReport.left(summary.skipped()));
    }

    private static void json(RecordedRun run, UndoSummary summary, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.UNDO.start(json);
            json.writeStringProperty("journal", JavaPath.toRaw(run.journal()).toPython());
            json.writeArrayPropertyStart("trees");
            run.trees().forEach(tree -> json.writeString(tree.toPython()));
            json.writeEndArray();
            json.writeNumberProperty("seen", summary.seen());
            json.writeNumberProperty("put_back", summary.putBack());
            json.writeNumberProperty("removed", summary.removed());
            RepairReport.writeLeft(json, summary.skipped(), summary.left());
            json.writeArrayPropertyStart("troubles");
            summary.problems().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
