package dev.freshpyc.cli.command;

import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;

/** Where a run prints: data on one stream, progress and messages on the other. */
public record Streams(PrintStream out, PrintStream err) {

    static Streams of(CommandSpec spec) {
        return ((Freshpyc) spec.root().userObject()).streams();
    }
}
