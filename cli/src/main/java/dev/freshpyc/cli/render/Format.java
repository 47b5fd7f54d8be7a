package dev.freshpyc.cli.render;

import java.io.PrintStream;

/** The formats of a report. */
public enum Format {
    /** For people: counts, the costliest directories, and whether timestamps can be trusted. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** One object a line, for each finding or file. */
    JSONL;

    public AuditRenderer renderer(PrintStream out) {
        return switch (this) {
            case TEXT -> new TextReport(out);
            case JSON -> new JsonReport(out);
            case JSONL -> new JsonLines(out);
        };
    }
}
