package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.repair.outcome.RecordSummary;
import dev.freshpyc.indexer.repair.outcome.RecordSummary.KeptFile;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/** What a repair or a clean did with the records of package managers, for its summary. */
final class RecordNotes {

    private RecordNotes() {}

    /**
     * Prints the lines of the text, where there is anything to tell.
     *
     * @param verbose whether the kept files are named
     */
    static void text(RecordSummary records, boolean dry, boolean verbose, PrintStream out) {
        if (records.updated() > 0) {
            String undecided = records.undecided() == 0
                    ? ""
                    : ", and up to " + Words.number(records.undecided()) + " more after a comparison";
            out.println(Words.count(records.updated(), "RECORD file") + (dry ? " would be" : "")
                    + " brought up to date: " + Words.count(records.lines(), "line") + undecided);
        }
        if (records.keptCount() > 0) {
            out.println(Words.count(records.keptCount(), "file") + " left for the sake of "
                    + (records.keptCount() == 1 ? "its package's record" : "their packages' records")
                    + (verbose ? ":" : "; -v names them"));
        }
        if (verbose) {
            records.kept()
                    .forEach(kept -> out.println("  " + kept.place().shown() + "  listed in "
                            + kept.record().shown()));
        }
    }

    /** Writes the property {@code records}. */
    static void json(RecordSummary records, JsonGenerator json) {
        json.writeObjectPropertyStart("records");
        json.writeNumberProperty("updated", records.updated());
        json.writeNumberProperty("lines", records.lines());
        json.writeNumberProperty("undecided", records.undecided());
        json.writeNumberProperty("kept", records.keptCount());
        json.writeArrayPropertyStart("kept_files");
        for (KeptFile kept : records.kept()) {
            json.writeStartObject();
            json.writeStringProperty("file", kept.place().shown());
            json.writeStringProperty("record", kept.record().shown());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
