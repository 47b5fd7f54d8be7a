package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.repair.outcome.RecordSummary;
import dev.freshpyc.indexer.repair.outcome.RecordSummary.KeptFile;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/** What a repair or a clean did with the records of package managers, for its summary. */
final class RecordNotes {

    private RecordNotes() {}

    /**
     * Prints the lines of the text; none if no record and no kept file is counted.
     *
     * @param verbose whether the kept files are named
     */
    static void text(RecordSummary records, boolean dry, boolean verbose, PrintStream out) {
        if (records.updated() > 0) {
            out.println(Words.count(records.updated(), "RECORD file") + (dry ? " would be" : "")
                    + " brought up to date: " + lines(records));
        }
        if (records.keptCount() > 0) {
            boolean one = records.keptCount() == 1;
            out.println(Words.count(records.keptCount(), "file") + " left as " + (one ? "it is" : "they are")
                    + ", since package records list " + (one ? "it" : "them")
                    + (verbose ? ":" : "; -v names the files"));
        }
        if (verbose) {
            records.kept()
                    .forEach(kept -> out.println("  " + kept.place().shown() + "  listed in "
                            + kept.record().shown()));
        }
    }

    private static String lines(RecordSummary records) {
        String decided = Words.count(records.lines(), "line");
        if (records.undecided() == 0) {
            return decided;
        }
        return (records.lines() == 0 ? "" : decided + " and ") + "up to " + Words.count(records.undecided(), "line")
                + " after a comparison";
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
