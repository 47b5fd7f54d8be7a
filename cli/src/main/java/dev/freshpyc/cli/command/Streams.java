package dev.freshpyc.cli.command;

import java.io.PrintStream;

/** The streams of a run: one for data, one for progress and messages. */
record Streams(PrintStream out, PrintStream err) {}
