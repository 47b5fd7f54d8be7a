package dev.freshpyc.cli.render;

/** The formats of a report that has an outcome for each file. */
public enum Format {
    /** For people. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** A line with one object for each file. */
    JSONL
}
