package dev.freshpyc.cli;

import dev.freshpyc.cli.command.Freshpyc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;

/** Writes the shell completion script. Only the build calls this program. */
final class Completion {

    private Completion() {}

    /** Writes to the file that the only argument names. */
    public static void main(String[] args) throws IOException {
        Files.writeString(
                Path.of(args[0]), AutoComplete.bash("freshpyc", new Freshpyc(System.out, System.err).commandLine()));
    }
}
