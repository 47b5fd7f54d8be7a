package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** An invalid command line gives one line with the reason and exit code 2. */
class UsageTest {

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
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
                "audit -j many | 'many' is not a whole number",
                "snapshot save x --max-size 10k | '10k' is not a whole number",
                "audit -j 99999999999 | 99999999999",
                "audit --expect cpython-99 | known tags: cpython-32, cpython-33",
                "audit --expect cpyton-311 | no interpreter has the tag 'cpyton-311'",
                "audit --expect pytest-8 | graalpy250-312",
                "audit --min-files many | many",
                "audit --after rar | 'rar' is not one of: zip, tar, tar-ustar,",
                "audit --after clamp | git, clamp=EPOCH",
                "audit --after clamp=soon | 'soon' is not a number of seconds since 1970",
                "audit --python-timeout 0 | 1 to 86400 seconds",
                "audit --fail-on fast | unreadable, any, slow, wrong",
                "no-such-command | no command 'no-such-command'; 'freshpyc --help' lists the commands",
                "audti | no command 'audti'; did you mean 'audit'?",
                "refesh . | no command 'refesh'; did you mean 'refresh'?",
                "audit --formt json . | no option '--formt'; did you mean '--format'?",
                "repair --tp=timestamp . | no option '--tp'; did you mean '--to'?",
                "lookup | PATH",
                "index | Missing required parameter",
                "index verfy | is not one of: prune, verify",
                "repair --to timestamp --clamp-mtime=x . | 'x' is not a number of seconds",
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
        assertThat(CommandLineRun.of("audit", "--fail-on", "", directory).code())
                .isEqualTo(2);
    }

    /** A script passes an empty path where its variable is not set. */
    @ParameterizedTest
    @ValueSource(strings = {"audit", "explain", "refresh", "repair", "lookup"})
    void anEmptyPathIsRefused(String command) {
        assertThat(CommandLineRun.of(command, "").complaint(2)).contains("an empty");
    }

    @Test
    void anEmptyNameOfADirectoryOrFileIsRefused() {
        assertThat(CommandLineRun.of("audit", "--index", "", directory).complaint(2))
                .contains("an empty DIR for --index");
        assertThat(CommandLineRun.of("undo", "--journal", "").complaint(2)).contains("an empty FILE for --journal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "repair --only= . | an empty PROFILE for --only; give a path",
                "audit --image= | an empty IMAGE for --image; give a path",
                "audit --exclude= . | an empty GLOB for --exclude; give a value, or leave --exclude out",
                "audit --python= . | an empty EXE for --python",
                "audit --user= . | an empty NAME for --user",
                "snapshot save '' | an empty NAME",
                "snapshot save first '' | an empty NAME",
                "docs '' | an empty PAGE; give a value"
            })
    void anyOtherEmptyTextIsRefused(String line, String complaint) {
        Object[] words = Stream.of(line.split(" ", -1))
                .map(word -> word.equals("''") ? "" : word)
                .toArray();

        assertThat(CommandLineRun.of(words).complaint(2)).contains(complaint);
    }

    /** Words of a benched command may be empty. */
    @Test
    void anEmptyWordOfAnotherProgramIsNotRefused() {
        ParseResult parsed = new Program(System.out, System.err).commandLine().parseArgs("bench", "--", "true", "");

        assertThat(UsageError.ofEmptyText(parsed.subcommand())).isEmpty();
    }

    @Test
    void aRepairWithoutATargetNamesThePossibleTargets() throws Exception {
        Process python = new ProcessBuilder("python3", "-Ic", "import os; print(os.path.dirname(os.__file__))").start();
        String library = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        for (String option : List.of("--dry-run", "--check", "--format=json")) {
            CommandLineRun run = CommandLineRun.of("repair", option, "--index", directory.resolve("index"));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith(
                            "freshpyc: repair needs a PATH, --python EXE, --venv DIR, --all-pythons or --root DIR; '--python python3' would take:\n")
                    .contains("\n  " + library + "\n");
        }
    }

    @Test
    void theEpochOfAClampMustFollowAnEqualsSign() throws Exception {
        new Pairs(directory.resolve("1234567890")).stale("a");
        List<Object> words = List.of("repair", "--index", directory.resolve("index"), "--to", "timestamp", "--dry-run");
        Path path = directory.resolve("1234567890");

        // The path is not taken for an epoch; the environment of the tests has no SOURCE_DATE_EPOCH.
        assertThat(CommandLineRun.of(words, "--clamp-mtime", path).complaint(2))
                .contains("$SOURCE_DATE_EPOCH is not set");
        assertThat(CommandLineRun.of(words, "--clamp-mtime=1234567890", path).out())
                .startsWith("1 seen");
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
    @ValueSource(strings = {"[", "[]", "[z-a]", "[!", "**", "\\", "a{", "(", "*?*"})
    void everyGlobIsAccepted(String glob) throws Exception {
        new Pairs(directory).stale("pkg/mod");

        assertThat(CommandLineRun.of("audit", "--exclude", glob, directory).err())
                .isEmpty();
    }
}
