package dev.freshpyc.cli.render;

/** The formats of {@code lookup} and {@code status}. */
public enum DocumentFormat {
    TEXT,
    JSON
}
