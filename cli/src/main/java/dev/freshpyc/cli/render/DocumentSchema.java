package dev.freshpyc.cli.render;

import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The forms of the JSON documents that the program prints. Each document names its form in the property {@code schema}; {@code
 * freshpyc docs NAME} prints the JSON Schema of this name. The number rises when a property changes its meaning or is removed.
 */
public enum DocumentSchema {
    AUDIT,
    AUDIT_DIFF,
    BENCH,
    BENCH_ENTRY_POINTS,
    CLEAN,
    ENTRY_POINTS,
    ENVIRONMENTS,
    EQUIVALENCE_MARK,
    EQUIVALENCE_STATS,
    EQUIVALENCE_SWEEP,
    ERROR,
    HEALTH,
    HISTORY,
    JOB,
    LOOKUP,
    PROOFS,
    REFRESH,
    REPAIR,
    REPAIR_IMAGE,
    REPORT,
    ROLLBACK,
    SNAPSHOTS,
    STATUS,
    UNDO;

    private static final int VERSION = 1;

    /** The name, such as {@code freshpyc-audit-1}. */
    public String id() {
        return "freshpyc-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + VERSION;
    }

    /** Begins a document: its caller writes the other properties and the end of the object. */
    public void start(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("tool", "freshpyc");
        json.writeStringProperty("version", Version.number());
        json.writeStringProperty("schema", id());
    }
}
