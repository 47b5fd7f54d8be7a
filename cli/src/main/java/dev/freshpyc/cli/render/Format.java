package dev.freshpyc.cli.render;

/** The formats of a report that has an outcome for each file. */
public enum Format {
    /** For people. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** One object a line, for each file. */
    JSONL
}
