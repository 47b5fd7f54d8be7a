package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exit codes of {@code audit}: 0 clean, 1 findings that {@code --fail-on} names, 2 wrong usage, 3 incomplete, 4
 * findings and incomplete.
 */
class ExitCodeTest {

    private static final Path FIXTURE = Path.of(
            System.getProperty("basedir", "."),
            "../cache-core/src/test/resources/dev/freshpyc/core/marshal/constants.cpython-311.pyc");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        new Pairs(directory).fresh("a").stale("b").impostor("c");
    }

    @ParameterizedTest
    @CsvSource({
        "stale, 1",
        "impostor, 1",
        "fresh, 1",
        "'stale,impostor', 1",
        "'fatal,stale', 1",
        "any, 1",
        "slow, 1",
        "wrong, 1",
        "fatal, 0",
        "'fatal,foreign,malformed,orphaned,sourceless,shadowed,missing,undecided,unreadable,needless', 0"
    })
    void namedVerdictsFail(String verdicts, int code) {
        assertThat(CommandLineRun.of("audit", "--fail-on", verdicts, directory).code())
                .isEqualTo(code);
        assertThat(CommandLineRun.of("audit", "--format", "jsonl", "--fail-on", verdicts, directory)
                        .code())
                .isEqualTo(code);
    }

    @Test
    void otherVerdictsDoNotFail() {
        assertThat(CommandLineRun.of("audit", directory).code()).isZero();
    }

    @Test
    void anUnreadablePathIsNotHiddenByANamedVerdict() {
        Path none = directory.resolve("none");

        assertThat(CommandLineRun.of("audit", directory, none).code()).isEqualTo(3);
        assertThat(CommandLineRun.of("audit", "--fail-on", "stale", directory, none)
                        .code())
                .isEqualTo(4);
        assertThat(CommandLineRun.of("audit", "--fail-on", "fatal", directory, none)
                        .code())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"fresh, 0, 0, 0", "stale, 1, 1, 0", "fatal, 1, 0, 1", "impostor, 1, 0, 1", "orphaned, 1, 0, 0"})
    void aGroupStandsForItsVerdicts(String kind, int any, int slow, int wrong) throws IOException {
        Pairs tree = new Pairs(Files.createDirectory(directory.resolve("one")));
        switch (kind) {
            case "fresh" -> tree.fresh("a");
            case "stale" -> tree.stale("a");
            case "fatal" -> tree.fatal("a");
            case "impostor" -> tree.impostor("a");
            default -> Files.delete(tree.fresh("a").at("a.py"));
        }

        assertThat(failsOn("any", tree)).isEqualTo(any);
        assertThat(failsOn("slow", tree)).isEqualTo(slow);
        assertThat(failsOn("wrong", tree)).isEqualTo(wrong);
        assertThat(failsOn("slow,wrong", tree)).isEqualTo(Math.max(slow, wrong));
    }

    private static int failsOn(String words, Pairs tree) {
        return CommandLineRun.of("audit", "--no-index", "--fail-on", words, tree.root())
                .code();
    }

    /** An audit of the wrong directory must not count as a success. */
    @Test
    void anAuditOfTooFewFilesIsIncomplete() {
        assertThat(CommandLineRun.of("audit", "--min-files", "3", directory).code())
                .isZero();

        CommandLineRun few = CommandLineRun.of("audit", "--min-files", "4", directory);

        assertThat(few.code()).isEqualTo(3);
        assertThat(few.err()).isEqualTo("freshpyc: 3 bytecode files judged, but --min-files asks for 4\n");
        assertThat(CommandLineRun.of("audit", "--min-files", "4", "--fail-on", "stale", directory)
                        .code())
                .isEqualTo(4);
    }

    @Test
    void theHelpExplainsTheExitCodes() {
        assertThat(CommandLineRun.of("--help").out().replaceAll("\\s+", " ")).contains("4 both 1 and 3");
    }

    @Test
    void onlyExpectedFilesCanBeMissing() {
        assertThat(CommandLineRun.of("audit", "--fail-on", "missing", directory).code())
                .isZero();
        assertThat(CommandLineRun.of("audit", "--fail-on", "missing", "--expect", "cpython-311", directory)
                        .code())
                .isZero();
        assertThat(CommandLineRun.of(
                                "audit", "--fail-on", "missing", "--expect", "cpython-311,cpython-311:2", directory)
                        .code())
                .isEqualTo(1);
    }

    @Test
    void excludedFilesDoNotFail() {
        assertThat(CommandLineRun.of("audit", "--fail-on", "stale", "--exclude", "b.py", directory)
                        .code())
                .isZero();
        assertThat(CommandLineRun.of(
                                "audit",
                                "--fail-on",
                                "stale,impostor",
                                "--exclude",
                                "b.*",
                                "--exclude",
                                "c.py",
                                directory)
                        .code())
                .isZero();
    }

    @Test
    void withHashChecksAnImpostorIsStale() {
        Object[] always = {"audit", "--exclude", "b.py", "--check-hash-based-pycs", "always", "--format", "jsonl"};

        assertThat(CommandLineRun.of(always, "--fail-on", "impostor", directory).code())
                .isZero();
        CommandLineRun stale = CommandLineRun.of(always, "--fail-on", "stale", directory);
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.lines())
                .singleElement()
                .asString()
                .contains("\"source\":\"c.py\"", "\"verdict\":\"stale\"", "\"reason\":\"hash\"");
    }

    /** A truncated code object begins like a whole code object, so only a read to the end finds the damage. */
    @Test
    void onlyADeepAuditFindsATruncatedBody() throws IOException {
        byte[] body = body();
        byte[] header = Pairs.header(3495, 0, Pairs.MTIME, 6);
        Path whole = directory.resolve("whole");
        Path truncated = directory.resolve("truncated");
        new Pairs(whole).pair("a", header, body);
        new Pairs(truncated).pair("a", header, Arrays.copyOf(body, body.length - 1));

        assertThat(CommandLineRun.of("audit", "--deep", "--all", "--format", "jsonl", whole)
                        .out())
                .contains("\"verdict\":\"fresh\"");
        assertThat(CommandLineRun.of("audit", "--fail-on", "fatal", truncated).code())
                .isZero();
        assertThat(CommandLineRun.of("audit", "--fail-on", "fatal", "--deep", truncated)
                        .code())
                .isEqualTo(1);
        assertThat(CommandLineRun.of("audit", "--format", "jsonl", "--deep", truncated)
                        .out())
                .contains("\"verdict\":\"fatal\",\"interpreter\":\"fails\",\"reason\":\"truncated-body\"");
    }

    private static byte[] body() throws IOException {
        byte[] file = Files.readAllBytes(FIXTURE);
        return Arrays.copyOfRange(file, 16, file.length);
    }
}
