package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An unusable path or a damaged file gives a finding or one line on standard error, with a matching exit code. */
@Timeout(60)
class BadPathTest {

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    @Test
    void aMissingPathIsOneLineAndTheOtherPathsAreJudged() throws Exception {
        tree().stale("a");

        CommandLineRun run = CommandLineRun.of("audit", directory.resolve("none"), directory);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("freshpyc: " + directory
                        + "/none: no such directory; without PATH, audit judges the sys.path of python3\n");
        assertThat(run.out()).contains("could not be read: ENOENT", "1 stale");
    }

    @Test
    void aFileGivenAsDirectoryIsOneLineWithAHint() throws Exception {
        tree().stale("a");

        CommandLineRun run = CommandLineRun.of("audit", tree().at("a.py"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("not a directory; 'freshpyc explain ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16})
    void aHeaderOfAnyLengthIsAFinding(int length) throws Exception {
        byte[] whole = Pairs.header(3495, 0, Pairs.MTIME, 6);
        tree().pair("a", Arrays.copyOf(whole, length));

        CommandLineRun run = CommandLineRun.of("audit", "--format", "jsonl", directory);

        assertThat(run.code()).isZero();
        assertThat(run.lines()).singleElement().asString().contains(expected(length));
        assertThat(CommandLineRun.of("explain", tree().at("a.py")).code()).isZero();
        assertThat(CommandLineRun.of("audit", "--deep", directory).code()).isZero();
    }

    private static String expected(int length) {
        return length == 16 ? "\"verdict\":\"fatal\"" : "\"reason\":\"short-header\"";
    }

    @Test
    void randomBytesAreFindings() throws Exception {
        Random random = new Random(20_261_120);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            tree().pair("m" + i, bytes).file("legacy" + i + ".pyc", bytes);
        }

        for (String deep : new String[] {"--all", "--deep"}) {
            CommandLineRun run = CommandLineRun.of("audit", deep, "--format", "jsonl", directory);
            assertThat(run.code()).isZero();
            assertThat(run.lines()).hasSize(600);
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void aValidHeaderBeforeRandomBytesIsAFinding() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            body[0] = (byte) 0xe3;
            tree().pair("m" + i, Pairs.header(3495, 0, Pairs.MTIME, 6), body);
        }

        CommandLineRun run = CommandLineRun.of("audit", "--deep", "--format", "jsonl", directory);

        assertThat(run.lines()).hasSize(300).allMatch(line -> line.contains("\"verdict\":\"fatal\""));
    }

    @Test
    void aTooLongNameIsReported() {
        assertThat(CommandLineRun.of("audit", directory + "/x".repeat(3000)).err())
                .contains("too long");
        assertThat(CommandLineRun.of("explain", directory + "/" + "x".repeat(300) + ".py")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void theReportNamesAnUnreadableDirectory() throws Exception {
        tree().fresh("a").source("pkg/b.py");
        Files.createSymbolicLink(directory.resolve("pkg/__pycache__"), Path.of("x".repeat(300)));

        CommandLineRun run = CommandLineRun.of("audit", directory);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("pkg/__pycache__: unreadable (ENAMETOOLONG)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/true", "/no/such/python", "/", "\u001b[31m"})
    void anUnusableInterpreterIsOneLine(String python) {
        assertThat(CommandLineRun.of("audit", "--python", python, directory).complaint(3))
                .containsPattern("'.*' ");
        assertThat(CommandLineRun.of("audit", "--python", python).complaint(3)).containsPattern("'.*' ");
        assertThat(CommandLineRun.of("explain", "--python", python, "a.py").complaint(3))
                .containsPattern("'.*' ");
    }
}
