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

/** The exit codes of {@code audit}: 0 clean, 1 findings that {@code --fail-on} names, 2 wrong usage, 3 incomplete. */
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
    void aNamedVerdictOverridesAnUnreadablePath() {
        Path none = directory.resolve("none");

        assertThat(CommandLineRun.of("audit", directory, none).code()).isEqualTo(3);
        assertThat(CommandLineRun.of("audit", "--fail-on", "stale", directory, none)
                        .code())
                .isEqualTo(1);
        assertThat(CommandLineRun.of("audit", "--fail-on", "fatal", directory, none)
                        .code())
                .isEqualTo(3);
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
        assertThat(CommandLineRun.of("audit", "--fail-on", "impostor", "--check-hash-based-pycs", "always", directory)
                        .code())
                .isZero();
    }

    /** A truncated code object still begins like a whole one, so that only reading to the end finds the damage. */
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
