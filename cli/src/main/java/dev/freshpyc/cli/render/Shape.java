package dev.freshpyc.cli.render;

/** The two forms of every answer that is not the staleness report. */
public enum Shape {
    TEXT,
    JSON
}
