package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/** Prints the summary of a refresh: one line or one object. */
public final class RefreshReport {

    private RefreshReport() {}

    /** Prints the summary; nothing in JSON lines, which have a line for each file instead. */
    public static void print(RefreshSummary summary, Format format, PrintStream out) {
        switch (format) {
            case TEXT -> out.println(line(summary));
            case JSON -> json(summary, out);
            case JSONL -> {}
        }
    }

    /** Prints why a refresh is incomplete. */
    public static void complain(RefreshSummary summary, PrintStream err) {
        summary.troubles().forEach(line -> err.println("freshpyc: " + line));
        if (summary.unreadable() > 0) {
            err.println("freshpyc: " + Words.count(summary.unreadable(), "bytecode file")
                    + " could not be read; 'freshpyc audit' names each");
        }
    }

    private static String line(RefreshSummary summary) {
        return Words.number(summary.seen()) + " seen, " + Words.number(summary.reused()) + " reused; "
                + Words.count(summary.hashed(), "file") + " hashed (" + Words.bytes(summary.hashedBytes()) + "); "
                + Words.count(summary.changed(), "record") + " changed, " + Words.number(summary.vanished())
                + " vanished" + Counts.text(summary.verdicts(), "; ");
    }

    private static void json(RefreshSummary summary, PrintStream out) {
        try (JsonGenerator json = FindingJson.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("tool", "freshpyc");
            json.writeStringProperty("version", Version.number());
            json.writeNumberProperty("seen", summary.seen());
            json.writeNumberProperty("reused", summary.reused());
            json.writeNumberProperty("hashed", summary.hashed());
            json.writeNumberProperty("hashed_bytes", summary.hashedBytes());
            json.writeNumberProperty("changed", summary.changed());
            json.writeNumberProperty("vanished", summary.vanished());
            Counts.json(summary.verdicts(), json);
            json.writeArrayPropertyStart("troubles");
            summary.troubles().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
