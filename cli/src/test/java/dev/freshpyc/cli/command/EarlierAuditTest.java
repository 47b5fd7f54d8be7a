package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.Pairs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
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
    void aPipeIsReadOnceAndComparedWhole() throws Exception {
        save("json");
        change();
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        FutureTask<Path> writer = new FutureTask<>(() -> Files.write(pipe, Files.readAllBytes(old)));
        Thread.ofVirtual().start(writer);

        assertThat(audit("--diff", pipe).out())
                .isEqualTo(audit("--diff", old).out())
                .contains("2 fixed");
        writer.get();
    }

    @Test
    void anEntryIsRecognizedInEverySpelling() throws Exception {
        save("json");
        Path relative = Path.of("").toRealPath().relativize(lib);

        for (String spelling : List.of(lib + "/", lib + "/../lib", relative.toString(), "./" + relative + "/.")) {
            CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--diff", old, spelling);
            assertThat(run.lines()).as(spelling).containsExactly("0 new, 0 changed, 0 fixed, 4 as before.");
            assertThat(run.err()).isEmpty();
        }
        change();
        assertThat(CommandLineRun.of("audit", "--no-index", "--diff", old, lib + "/")
                        .out())
                .contains("fixed    " + lib + "/pkg/__pycache__/gone", "1 new, 1 changed, 2 fixed, 1 as before.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl"})
    void anEntryThatTheEarlierReportDoesNotKnowIsNamed(String format) throws Exception {
        save(format);
        Path moved = Files.move(lib, directory.resolve("moved"));
        Path clean = new Pairs(Files.createDirectory(directory.resolve("clean")))
                .fresh("a")
                .root();

        for (String option : List.of("--diff", "--baseline")) {
            assertThat(CommandLineRun.of("audit", "--no-index", option, old, moved, clean)
                            .err())
                    .isEqualTo("freshpyc: " + old + " has nothing about " + moved
                            + ", so every finding in it counts as new\n");
            assertThat(CommandLineRun.of("audit", "-q", "--no-index", option, old, moved)
                            .err())
                    .isEmpty();
        }
    }

    /** The earlier report knows the entry, and had nothing to report there. */
    @Test
    void anEntryThatWasInOrderIsKnown() throws Exception {
        tree().fresh("same").fresh("pkg/mended").fresh("pkg/gone").fresh("pkg/worse");
        save("json");
        tree().stale("same");

        CommandLineRun run = audit("--diff", old);

        assertThat(run.out()).contains("1 new, 0 changed");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theChangesAreColoured() throws Exception {
        save("json");
        change();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            Main.run(
                    new String[] {"audit", "--no-index", "--color", "always", "--diff", old.toString(), lib.toString()},
                    out,
                    out);
        }
        String coloured = bytes.toString(StandardCharsets.UTF_8);

        assertThat(coloured)
                .contains(
                        "\33[33mnew    \33[0m  " + lib,
                        "\33[32mfixed  \33[0m  " + lib,
                        "\33[1;31mchanged\33[0m  " + lib);
        assertThat(coloured.replaceAll("\33\\[[0-9;]*m", ""))
                .isEqualTo(audit("--diff", old).out());
    }

    @Test
    void theTextOfAnEarlierReportIsEscaped() throws Exception {
        save("json");
        change();
        Files.writeString(old, Files.readString(old).replace("\"stale\"", "\"\\u001b[2J\""));

        assertThat(audit("--diff", old).out()).contains("before: \\x1b[2J (mtime)");
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
    void aFileThatIsNoReportIsReportedInOneLine(String text) throws Exception {
        Files.writeString(old, text);

        assertThat(audit("--diff", old).complaint(2)).contains("--diff: " + old + ": is not ");
        assertThat(audit("--baseline", old).complaint(2)).contains("--baseline: " + old + ": is not ");
    }

    @Test
    void aComplaintTellsTheCauseAndThePlace() throws Exception {
        save("json");
        String whole = Files.readString(old);

        Files.writeString(old, whole.substring(0, 30));
        assertThat(audit("--baseline", old).complaint(2))
                .endsWith(old + ": is not whole: its JSON ends inside of a value, in line 1, column 31\n");
        Files.writeString(old, whole.strip() + "\n}");
        assertThat(audit("--baseline", old).complaint(2)).endsWith(old + ": is not JSON: see line 2, column 1\n");
        for (String more : List.of(whole, "[]", "{\"entry\":\"a\"}", "7")) {
            Files.writeString(old, whole + more);
            assertThat(audit("--baseline", old).complaint(2))
                    .endsWith(old + ": has more after its JSON document: save each report in a file of its own\n");
            assertThat(audit("--diff", old).complaint(2)).contains("has more after its JSON document");
        }
        Files.writeString(old, "{\"findings\":[7]}");
        assertThat(audit("--baseline", old).complaint(2)).contains("is not what audit --format json or jsonl writes");
        assertThat(audit("--baseline", directory).complaint(2)).endsWith(directory + ": is a directory\n");
    }

    @Test
    void unusableOptionsAreRefused() throws Exception {
        assertThat(audit("--baseline", old).complaint(2)).contains("does not exist");
        save("json");
        assertThat(audit("--baseline", old, "--diff", old).complaint(2)).contains("not both");
        assertThat(audit("--diff", old, "--format", "html").complaint(2)).contains("text, json and jsonl");
    }
}
