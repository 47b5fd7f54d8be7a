package dev.freshpyc.cli.render;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Dated;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.DatedSource;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Packaged;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.SourceError;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Unrepaired;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Prints the summary of a repair or a dry run. */
public final class RepairReport {

    private static final int LISTED = 20;

    private RepairReport() {}

    /**
     * A repair as the user asked for it.
     *
     * @param dry whether the run wrote nothing
     * @param verbose whether the text names the changed files of packages
     * @param bodies which bodies are kept
     */
    public record Run(boolean dry, boolean verbose, Bodies bodies) {}

    /**
     * Prints the summary; nothing in JSON lines, which have a line for each file instead.
     *
     * @param run what the user asked for
     */
    public static void print(RepairSummary summary, Run run, Format format, PrintStream out) {
        switch (format) {
            case TEXT -> {
                text(summary, run, out);
                packaged(summary.packaged(), run.dry(), run.verbose(), out);
                RecordNotes.text(summary.records(), run.dry(), run.verbose(), out);
            }
            case JSON -> json(summary, run.dry(), out);
            case JSONL -> {}
        }
    }

    private static void text(RepairSummary summary, Run run, PrintStream out) {
        boolean dry = run.dry();
        list(summary.unrepaired(), out);
        summary.sourceErrors().stream().limit(LISTED).forEach(error -> out.println(line(error)));
        long moreErrors = (long) summary.sourceErrors().size() - LISTED;
        if (moreErrors > 0) {
            out.println("and " + Words.number(moreErrors) + " more that do not compile; --format json lists them");
        }
        dated(summary.dated(), out);
        StringBuilder line = new StringBuilder();
        line.append(Words.number(summary.seen())).append(" seen; ");
        line.append(dry ? "would be restamped: " : "restamped: ").append(Words.number(summary.restamped()));
        line.append(dry ? ", would be recompiled: " : ", recompiled: ").append(Words.number(summary.recompiled()));
        if (dry && summary.compared() > 0) {
            line.append(", would be compiled and compared: ").append(Words.number(summary.compared()));
        }
        if (summary.sourceTimes() > 0) {
            line.append(dry ? ", mtimes of sources that would be set: " : ", mtimes of sources set: ")
                    .append(Words.number(summary.sourceTimes()));
        }
        out.println(line.append(left(summary.skipped())));
        if (summary.compared() > 0) {
            out.println(Words.number(summary.compared()) + compared(summary.compared() == 1, run.bodies()));
        }
    }

    private static String compared(boolean one, Bodies bodies) {
        return bodies == Bodies.RENEW
                ? " will be compiled; " + (one ? "the" : "each")
                        + " file is written unless it already has the same bytes"
                : (one ? " has" : " have")
                        + " no proof: each is compiled, and only its header is written if the code is equal";
    }

    private static void dated(Dated dated, PrintStream out) {
        if (dated.count() == 0) {
            return;
        }
        boolean one = dated.count() == 1;
        dated.sources().stream()
                .limit(LISTED)
                .forEach(source -> out.println(source.file() + "  mtime " + source.mtime() + " is not 0"
                        + (source.empty() ? " (an empty file: ostree leaves its mtime)" : "")));
        if (dated.count() > LISTED) {
            out.println("and " + Words.number(dated.count() - LISTED) + " more; --format json lists them");
        }
        out.println(Words.count(dated.count(), "source") + (one ? " has" : " have")
                + " another mtime than 0, so Python would compile " + (one ? "it" : "them")
                + " at every start: set " + (one ? "its mtime" : "their mtimes") + " to 0 with --zero-source-mtime");
    }

    /** Prints a line for each file that was left, up to a limit. */
    static void list(List<Unrepaired> files, PrintStream out) {
        files.stream().limit(LISTED).forEach(file -> out.println(line(file)));
        long more = (long) files.size() - LISTED;
        if (more > 0) {
            out.println("and " + Words.number(more) + " more; --format json lists them");
        }
    }

    /** How many files were left as they are, by reason. */
    static String left(Map<SkipReason, Long> skipped) {
        StringBuilder text = new StringBuilder();
        skipped.forEach((why, count) ->
                text.append("; ").append(Words.number(count)).append(' ').append(why.label()));
        return text.toString();
    }

    private static String line(Unrepaired file) {
        String detail = file.detail().isEmpty() ? "" : " (" + file.detail() + ")";
        return file.file() + "  left: " + file.reason().label() + detail;
    }

    private static String line(SourceError error) {
        String line = error.line().isPresent() ? ":" + error.line().getAsInt() : "";
        return error.file() + line + "  does not compile: " + error.message();
    }

    private static void dated(List<DatedSource> dated, JsonGenerator json) {
        json.writeArrayPropertyStart("sources_not_at_0");
        for (DatedSource source : dated) {
            json.writeStartObject();
            json.writeStringProperty("file", source.file());
            json.writeNumberProperty("mtime", source.mtime());
            json.writeBooleanProperty("empty", source.empty());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the properties {@code left} and {@code unrepaired}. */
    static void writeLeft(JsonGenerator json, Map<SkipReason, Long> skipped, List<Unrepaired> files) {
        json.writeObjectPropertyStart("left");
        skipped.forEach((why, count) -> json.writeNumberProperty(why.label(), count));
        json.writeEndObject();
        writeUnrepaired(json, files);
    }

    /** Writes the property {@code unrepaired}: the files that were left though the command should have changed them. */
    static void writeUnrepaired(JsonGenerator json, List<Unrepaired> files) {
        json.writeArrayPropertyStart("unrepaired");
        for (Unrepaired file : files) {
            json.writeStartObject();
            json.writeStringProperty("file", file.file());
            json.writeStringProperty("why", file.reason().label());
            json.writeStringProperty("detail", file.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void packaged(Packaged packaged, boolean dry, boolean verbose, PrintStream out) {
        if (packaged.count() > 0) {
            out.println("the package records of " + Words.count(packaged.count(), "changed file")
                    + (dry ? " would no longer be" : " are no longer") + " true"
                    + (verbose ? ":" : "; -v names the files"));
        }
        if (verbose) {
            packaged.files().forEach(file -> out.println("  " + file));
        }
    }

    private static void json(RepairSummary summary, boolean dry, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.REPAIR.start(json);
            json.writeBooleanProperty("dry_run", dry);
            json.writeNumberProperty("seen", summary.seen());
            json.writeNumberProperty("restamped", summary.restamped());
            json.writeNumberProperty("recompiled", summary.recompiled());
            if (dry) {
                json.writeNumberProperty("compared", summary.compared());
            }
            json.writeNumberProperty("source_times", summary.sourceTimes());
            json.writeNumberProperty("packaged", summary.packaged().count());
            json.writeArrayPropertyStart("packaged_files");
            summary.packaged().files().forEach(json::writeString);
            json.writeEndArray();
            RecordNotes.json(summary.records(), json);
            writeLeft(json, summary.skipped(), summary.unrepaired());
            json.writeArrayPropertyStart("source_errors");
            for (SourceError error : summary.sourceErrors()) {
                json.writeStartObject();
                json.writeStringProperty("file", error.file());
                OutcomeLines.writeLine(json, error.line());
                json.writeStringProperty("message", error.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (summary.dated().count() > 0) {
                dated(summary.dated().sources(), json);
            }
            json.writeArrayPropertyStart("troubles");
            summary.problems().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
