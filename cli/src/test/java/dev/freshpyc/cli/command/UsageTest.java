package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid command lines: one line with the reason, and exit code 2. */
class UsageTest {

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audit --no-such-option | --no-such-option",
                "audit -x | -x",
                "audit --format xml | is not one of: text, json, jsonl",
                "audit --format | --format",
                "audit --fail-on bad | is not one of: fresh, needless, stale",
                "audit --fail-on stale,bad | bad",
                "audit --fail-on STALE | STALE",
                "audit --expect cpython-311:3 | cpython-311:3",
                "audit --expect :1 | :1",
                "audit --expect a/b | a/b",
                "audit --check-hash-based-pycs sometimes | default, always, never",
                "audit -j 0 | -j 0",
                "audit -j -1 | -j",
                "audit -j 257 | 1 to 256",
                "audit -j many | many",
                "audit -j 99999999999 | 99999999999",
                "no-such-command | no-such-command",
                "explain | FILE",
                "explain a.py b.py | b.py",
                "explain a.txt | neither a source (.py) nor bytecode (.pyc)",
                "--no-such-option | --no-such-option"
            })
    void anInvalidCommandLineIsOneLine(String line, String reason) {
        assertThat(CommandLineRun.of((Object[]) line.split(" ", -1)).complaint(2))
                .contains(reason);
    }

    @Test
    void emptyArgumentsAreReported() {
        assertThat(CommandLineRun.of("").complaint(2)).isNotEmpty();
        assertThat(CommandLineRun.of("explain", "").complaint(2)).isNotEmpty();
        assertThat(CommandLineRun.of("audit", "").code()).isEqualTo(3);
        assertThat(CommandLineRun.of("audit", "--fail-on", "", directory).code())
                .isEqualTo(2);
    }

    @Test
    void withoutArgumentsTheHelpGoesToStandardError() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("audit", "explain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "audit --help", "explain --help"})
    void helpGoesToStandardOutput(String line) {
        CommandLineRun run = CommandLineRun.of((Object[]) line.split(" ", -1));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: freshpyc");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(CommandLineRun.of("--version").out()).matches("freshpyc \\d+\\.\\d+\\.\\d+\\n");
    }

    /** {@link CommandLineRun} checks that no control character is printed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--\u001b[31m",
                "\u001b]0;title\u0007",
                "--format=\u001b[2J",
                "-j\n2",
                "--expect=\u001b:9",
                "--fail-on=a\u202eb"
            })
    void controlCharactersInArgumentsAreEscaped(String word) {
        CommandLineRun.of(word).complaint(2);
        assertThat(CommandLineRun.of("audit", word, directory).err().lines()).hasSize(1);
        assertThat(CommandLineRun.of("explain", word, word, word).err().lines()).hasSize(1);
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsAPath() throws Exception {
        Path arguments = Files.writeString(directory.resolve("words"), "--help");

        assertThat(CommandLineRun.of("audit", "@" + arguments).err()).contains("@" + arguments + ": no such directory");
    }

    @Test
    void argumentsAfterTwoDashesArePaths() throws Exception {
        new Pairs(directory).stale("a");

        assertThat(CommandLineRun.of("audit", "--", "--format").err()).contains("--format: no such directory");
        assertThat(CommandLineRun.of("audit", "--", directory).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "[z-a]", "[!", "**", "\\", "a{", "(", "*?*", ""})
    void everyGlobIsAccepted(String glob) throws Exception {
        new Pairs(directory).stale("pkg/mod");

        assertThat(CommandLineRun.of("audit", "--exclude", glob, directory).err())
                .isEmpty();
    }
}
