package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * A directory or file that keeps the user of {@code audit --user} from reading bytecode. The formats that list findings
 * also list obstacles, since an obstacle can be the reason of the exit code.
 *
 * @param path relative to the entry; absolute above the entry
 * @param pycs how many pycs the user cannot read because of the obstacle
 */
record AccessObstacle(PathEntry entry, RawPath path, long pycs) {

    /** The verdict of an obstacle, as in {@code --fail-on}. */
    static final String LABEL = EntryReport.UNREADABLE_LABEL;

    static final Severity SEVERITY = Severity.WARNING;

    static final String REMEDY = "To fix: give the user the right to read it, and to enter it if it is a directory.";

    /** Passes each obstacle of the entries to {@code sink}. */
    static void forEach(List<EntryReport> entries, Consumer<AccessObstacle> sink) {
        entries.forEach(report -> report.unreadable()
                .forEach((path, pycs) -> sink.accept(new AccessObstacle(report.entry(), path, pycs))));
    }

    /** The path as the audit shows paths. */
    String shown() {
        return path.shown();
    }

    /** The path of the obstacle, beginning with the entry as the user named it. */
    RawPath file() {
        return entry.path().locate(path);
    }

    String sentence() {
        return shown() + " is " + LABEL + ": the user cannot read " + Words.count(pycs, "pyc")
                + ", and compiles at every start those sources that the user can read.";
    }

    /** Writes the obstacle with the properties of a finding, and the number of its pycs. */
    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeNullProperty("source");
        json.writeStringProperty("pyc", path.toPython());
        json.writeStringProperty("entry", entry.path().toPython());
        json.writeNullProperty("tag");
        json.writeStringProperty("opt", "");
        json.writeStringProperty("verdict", LABEL);
        json.writeNullProperty("interpreter");
        json.writeStringProperty("reason", LABEL);
        json.writeNullProperty("evidence");
        json.writeNullProperty("header");
        json.writeNumberProperty("pycs", pycs);
        json.writeEndObject();
    }
}
