package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * If no interpreter can compile a file, the report names the interpreters that were found and the reason why each does
 * not fit.
 */
@EnabledOnOs(OS.LINUX)
class NoInterpreterTest {

    /** A magic number that no interpreter has. */
    private static final int MAGIC = 9999;

    /** The output of the probe script in CPython 3.9. */
    private static final String ANSWER_3_9 =
            "<freshpyc 63707974686f6e 3 9 332e39 610d0d0a 63707974686f6e2d3339     freshpyc>";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theRejectedInterpretersAreReported(String format) throws IOException {
        MatchingTree tree = staleOfUnknownVersion();
        Path other = script("echo '" + ANSWER_3_9 + "'");

        CommandLineRun run = repair(tree, format, other);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "no-interpreter",
                        "no interpreter with magic 9999 (cpython-399): " + other + " has magic 3425 (cpython-39)");
    }

    private CommandLineRun repair(MatchingTree tree, String format, Path python) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--format", format, "--python", python, tree.root());
    }

    private MatchingTree staleOfUnknownVersion() throws IOException {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("m");
        return tree.compiled("__pycache__/m.cpython-399.pyc", Pairs.header(MAGIC, 0, MatchingTree.MTIME + 1, 10));
    }

    private Path script(String body) throws IOException {
        return Shell.writeScript(directory.resolve("python"), "#!/bin/sh\n" + body + "\n");
    }
}
