package dev.freshpyc.cli.command;

import java.io.PrintStream;

/** Where a run prints: data on one stream, progress and messages on the other. */
record Streams(PrintStream out, PrintStream err) {}
