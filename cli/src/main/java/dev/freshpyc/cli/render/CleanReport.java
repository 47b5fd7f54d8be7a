package dev.freshpyc.cli.render;

import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.outcome.CleanSummary;
import dev.freshpyc.indexer.repair.outcome.CleanSummary.Removed;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Prints the summary of a clean or its dry run. */
public final class CleanReport {

    private CleanReport() {}

    /** A line about the files that a clean is about to remove. */
    public static String announcement(CleanSummary plan) {
        return "removing " + count(plan.total()) + reasons(plan) + directories(plan, " and ");
    }

    /**
     * Prints the summary; nothing in JSON lines, which have a line for each file instead.
     *
     * @param dry whether the run removed nothing
     * @param records what happened to files that package records list
     * @param verbose whether the text names the files that were left because a record lists them
     */
    public static void print(
            CleanSummary summary, boolean dry, RecordPolicy records, boolean verbose, Format format, PrintStream out) {
        switch (format) {
            case TEXT -> {
                RepairReport.list(summary.left(), out);
                out.println(Words.number(summary.seen()) + " seen; " + (dry ? "would be removed: " : "removed: ")
                        + count(summary.total()) + reasons(summary) + directories(summary, "; "));
                packaged(summary.packaged().count(), dry, records, out);
                RecordNotes.text(summary.records(), dry, verbose, out);
            }
            case JSON -> json(summary, dry, out);
            case JSONL -> {}
        }
    }

    private static void packaged(long count, boolean dry, RecordPolicy records, PrintStream out) {
        if (count > 0 && records == RecordPolicy.KEEP) {
            out.println("package records list other contents for " + Words.number(count)
                    + " of the files; --format json names the files");
        } else if (count > 0) {
            out.println("package records list " + Words.number(count) + " of the files and "
                    + (dry ? "would no longer be" : "are no longer") + " true; --format json names the files");
        }
    }

    private static String count(Removed removed) {
        return Words.count(removed.files(), "file") + ", " + Words.bytes(removed.bytes());
    }

    private static String reasons(CleanSummary summary) {
        return summary.removed().entrySet().stream()
                .map(reason -> Words.number(reason.getValue().files()) + " "
                        + reason.getKey().label())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : " (" + text + ")"));
    }

    private static String directories(CleanSummary summary, String before) {
        return summary.directories() == 0 ? "" : before + Words.count(summary.directories(), "emptied directory");
    }

    private static void json(CleanSummary summary, boolean dry, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.CLEAN.start(json);
            json.writeBooleanProperty("dry_run", dry);
            json.writeNumberProperty("seen", summary.seen());
            write(json, summary.total());
            json.writeNumberProperty("directories", summary.directories());
            json.writeObjectPropertyStart("reasons");
            for (Map.Entry<RemovalReason, Removed> reason : summary.removed().entrySet()) {
                json.writeObjectPropertyStart(reason.getKey().label());
                write(json, reason.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeNumberProperty("packaged", summary.packaged().count());
            json.writeArrayPropertyStart("packaged_files");
            summary.packaged().files().forEach(json::writeString);
            json.writeEndArray();
            RecordNotes.json(summary.records(), json);
            RepairReport.writeUnrepaired(json, summary.left());
            json.writeArrayPropertyStart("troubles");
            summary.problems().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(JsonGenerator json, Removed removed) {
        json.writeNumberProperty("removed", removed.files());
        json.writeNumberProperty("bytes", removed.bytes());
    }
}
