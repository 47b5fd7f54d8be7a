package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit --baseline} hides the findings of an earlier audit; {@code audit --diff} compares the two audits. */
class EarlierAuditTest {

    @TempDir
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path old = Path.of("");

    @BeforeEach
    void makeATree() throws Exception {
        lib = Files.createDirectory(directory.toRealPath().resolve("lib"));
        old = directory.resolve("old.json");
        tree().fresh("good").stale("same").stale("pkg/mended").stale("pkg/gone").stale("pkg/worse");
    }

    private Pairs tree() {
        return new Pairs(lib);
    }

    private CommandLineRun audit(Object... words) {
        return CommandLineRun.of("audit", "--no-index", words, lib);
    }

    private void save(String format) throws Exception {
        Files.writeString(old, audit("--format", format, "--all").out());
    }

    private void change() throws Exception {
        tree().fresh("pkg/mended").impostor("pkg/worse").stale("pkg/added");
        Files.delete(lib.resolve("pkg/gone.py"));
        Files.delete(lib.resolve("pkg/__pycache__/gone.cpython-311.pyc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl"})
    void aBaselineHidesItsFindings(String format) throws Exception {
        save(format);
        assertThat(audit("--baseline", old, "--fail-on", "any").code()).isZero();
        change();

        CommandLineRun run = audit("--baseline", old, "--fail-on", "any");

        assertThat(run.code()).isOne();
        assertThat(run.out())
                .contains(
                        "5 pycs: 2 fresh",
                        "1 stale, 1 impostor, 1 known",
                        lib + "/pkg/added.py:1: stale",
                        lib + "/pkg/worse.py:1: impostor",
                        "5 pycs judged, 2 findings.")
                .doesNotContain("same.py");
        assertThat(audit("--baseline", old, "--format", "json").out())
                .contains("\"known\":1")
                .doesNotContain("same.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl"})
    void aDiffListsTheChanges(String format) throws Exception {
        save(format);
        change();

        assertThat(audit("--diff", old).lines())
                .containsExactly(
                        "new      " + lib + "/pkg/added.py:1: stale (mtime): added.cpython-311.pyc",
                        "fixed    " + lib + "/pkg/__pycache__/gone.cpython-311.pyc: no finding, before: stale (mtime)",
                        "fixed    " + lib
                                + "/pkg/__pycache__/mended.cpython-311.pyc: no finding, before: stale (mtime)",
                        "changed  " + lib + "/pkg/worse.py:1: impostor (hash): worse.cpython-311.pyc, before: stale",
                        "1 new, 1 changed, 2 fixed, 1 as before.");
        assertThat(audit("--diff", old, "--format", "json").out())
                .contains(
                        "\"changes\":[{\"change\":\"new\",\"entry\":\"" + lib
                                + "\",\"path\":\"pkg/__pycache__/added.cpython-311.pyc\",\"tag\":\"cpython-311\","
                                + "\"opt\":\"\",\"before\":null,\"verdict\":\"stale\"}",
                        "],\"new\":1,\"changed\":1,\"fixed\":2,\"same\":1}");
        assertThat(audit("--diff", old, "--format", "jsonl").lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("\"before\":\"stale\",\"verdict\":null"));
    }

    @Test
    void aFindingInAnEntryThatIsNotAuditedIsNotCalledFixed() throws Exception {
        save("json");
        Path other = Files.createDirectory(directory.resolve("other"));

        assertThat(CommandLineRun.of("audit", "--no-index", "--diff", old, other)
                        .lines())
                .containsExactly("0 new, 0 changed, 0 fixed, 0 as before.");
    }

    @Test
    void aFindingInAnEntryThatIsGoneIsNotCalledFixed() throws Exception {
        save("json");
        Files.move(lib, directory.resolve("elsewhere"));

        CommandLineRun run = audit("--diff", old);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.lines()).containsExactly("0 new, 0 changed, 0 fixed, 0 as before.");
    }

    @Test
    void aDiffComparesThreeThousandFindings() throws Exception {
        for (int i = 0; i < 3000; i++) {
            tree().stale("many/m" + i);
        }
        save("json");

        assertThat(audit("--diff", old).lines()).containsExactly("0 new, 0 changed, 0 fixed, 3,004 as before.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"findings\":[{\"entry\":1}]}", "[]", "{\"findings\":[", "nothing", "{\"a\":1}"})
    void aFileThatIsNoReportIsOneLine(String text) throws Exception {
        Files.writeString(old, text);

        assertThat(audit("--diff", old).complaint(2)).contains("--diff: " + old + ": is not ");
        assertThat(audit("--baseline", old).complaint(2)).contains("--baseline: " + old + ": is not ");
    }

    @Test
    void unusableOptionsAreRefused() throws Exception {
        assertThat(audit("--baseline", old).complaint(2)).contains("does not exist");
        save("json");
        assertThat(audit("--baseline", old, "--diff", old).complaint(2)).contains("not both");
        assertThat(audit("--diff", old, "--format", "html").complaint(2)).contains("text, json and jsonl");
    }
}
