package dev.freshpyc.cli.hook;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A script that a hook runs in place of the program. The script logs each call with its list of changed files and then
 * runs the program.
 */
record HookedProgram(Path script, Path calls) {

    static HookedProgram in(Path directory) throws IOException {
        HookedProgram program = new HookedProgram(directory.resolve("program"), directory.resolve("calls"));
        Shell.writeScript(program.script, """
                #!/bin/sh
                echo call >>'%2$s'
                for word; do
                  [ "$last" != --changed-from ] || tr '\\0' '\\n' <"$word" >>'%2$s'
                  last=$word
                done
                exec %1$s "$@"
                """.formatted(ProgramProcess.shellCommand(), program.calls));
        return program;
    }

    /** Returns and deletes the log: {@code call} for each run, followed by the changed files. */
    List<String> takeCalls() throws IOException {
        if (Files.notExists(calls)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(calls);
        Files.delete(calls);
        return lines;
    }
}
