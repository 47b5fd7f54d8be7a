package dev.freshpyc.cli.option;

import java.io.PrintStream;

/** The streams of a run: one for data, one for progress and messages. */
public record Streams(PrintStream out, PrintStream err) {}
