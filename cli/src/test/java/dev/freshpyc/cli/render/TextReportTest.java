package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.Pairs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text report of {@code audit}. */
class TextReportTest {

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private CommandLineRun audit() {
        return CommandLineRun.of("audit", directory);
    }

    @Test
    void aSmallTreeIsReportedInFull() throws Exception {
        tree().fresh("a").stale("pkg/b").impostor("x/c");

        assertThat(audit().out()).isEqualTo("""
                        %1$s
                          3 pycs: 1 fresh, 1 stale, 1 impostor
                          Its timestamps cannot be trusted: all 3 sources have the same mtime,
                          1700000000 (2023-11-14T22:13:20Z), as left by images and builds that set
                          times. Hash-based bytecode does not depend on them.
                          Compiled again at every start unless the interpreter can write the result: 6
                          bytes of source.

                          The costliest of 2 directories with findings:

                          x: 1 impostor
                        %1$s/x/c.py:1: impostor (hash): c.cpython-311.pyc

                          pkg: 1 stale, 6 bytes of source
                        %1$s/pkg/b.py:1: stale (mtime): b.cpython-311.pyc

                        3 pycs judged, 2 findings.
                        2 pycs load by their headers; the bodies were not read. --deep reads them and
                        finds those that fail.
                        --format jsonl lists all findings; 'freshpyc explain FILE' explains one file.
                        Next: freshpyc repair %1$s
                        """.formatted(directory));
        assertThat(audit().err()).isEmpty();
    }

    @Test
    void aCleanTreeHasAShortReport() throws Exception {
        tree().fresh("a").fresh("b");

        assertThat(audit().lines())
                .containsExactly(
                        directory.toString(),
                        "  2 pycs: 2 fresh",
                        "  Its timestamps can be trusted: the mtimes of 2 sources show no sign of a tool",
                        "  that set them.",
                        "",
                        "2 pycs judged, 0 findings.",
                        "2 pycs load by their headers; the bodies were not read. --deep reads them and",
                        "finds those that fail.");
    }

    @Test
    void quietTextHasNoHints() throws Exception {
        tree().fresh("a").stale("b");

        assertThat(CommandLineRun.of("audit", "-q", directory).lines())
                .contains("2 pycs judged, 1 finding.", "1 pyc loads by its header; the bodies were not read.")
                .noneMatch(line -> line.contains("Next:") || line.contains("--"));
    }

    /** No command mends a shadowed file, so the report suggests an explanation. */
    @Test
    void theSuggestedCommandExplainsAFileThatNoCommandMends() throws Exception {
        tree().fresh("a");
        Files.copy(directory.resolve("__pycache__/a.cpython-311.pyc"), directory.resolve("a.pyc"));

        String next = audit().lines().getLast();

        assertThat(next).isEqualTo("Next: freshpyc explain " + directory.resolve("a.pyc"));
        assertThat(CommandLineRun.of("explain", directory.resolve("a.pyc")).out())
                .contains("verdict   ");
    }

    @Test
    void coloursArePrintedOnRequest() throws Exception {
        tree().fresh("a").stale("b").impostor("c");

        assertThat(audit().out()).doesNotContain("\33");
        assertThat(CommandLineRun.of("audit", "--color", "never", directory).out())
                .isEqualTo(audit().out());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            Main.run(new String[] {"audit", "--color", "always", directory.toString()}, out, out);
        }
        String coloured = bytes.toString(StandardCharsets.UTF_8);
        assertThat(coloured)
                .contains(
                        "\33[1m" + directory + "\33[0m",
                        "\33[32m1 fresh\33[0m, \33[33m1 stale\33[0m, \33[1;31m1 impostor\33[0m",
                        "b.py:1: \33[33mstale\33[0m (mtime)");
        assertThat(coloured.replaceAll("\33\\[[0-9;]*m", "")).isEqualTo(audit().out());
    }

    @Test
    void anEmptyTreeIsReportedAsEmpty() {
        assertThat(audit().out()).contains("  0 pycs\n", "There are no sources with bytecode", "0 findings.");
    }

    @Test
    void threeFilesOfADirectoryAreListedAndTheRestIsCounted() throws Exception {
        for (char stem = 'a'; stem <= 'f'; stem++) {
            tree().stale(String.valueOf(stem));
        }

        assertThat(audit().out())
                .contains(
                        "  .: 6 stale, 36 bytes of source", "/c.py:1: stale (mtime): c.cpython-311.pyc", "  and 3 more")
                .doesNotContain("d.cpython-311.pyc");
    }

    /** Each start compiles a source for one level. */
    @Test
    void aSourceWithThreeStaleLevelsIsCompiledOnceAtAStart() throws Exception {
        byte[] stale = Pairs.header(3495, 0, Pairs.MTIME - 9, 6);
        tree().stale("a")
                .stale("b")
                .file("__pycache__/a.cpython-311.opt-1.pyc", stale, (byte) 0xe3)
                .file("__pycache__/a.cpython-311.opt-2.pyc", stale, (byte) 0xe3);

        assertThat(audit().out())
                .containsIgnoringWhitespaces("can write the result: 12 bytes of source.")
                .contains("  .: 4 stale, 12 bytes of source");
        assertThat(CommandLineRun.of("audit", "--format", "json", directory).out())
                .contains("\"recompiled_source_bytes\":12,");
        assertThat(CommandLineRun.of("audit", "--format", "html", directory).out())
                .contains("12 bytes of source are compiled again", "<td class=\"n\">12 bytes</td>");
    }

    @Test
    void theTenCostliestDirectoriesAreListedCostliestFirst() throws Exception {
        for (int i = 10; i < 23; i++) {
            tree().stale("d" + i + "/a");
        }
        Files.writeString(tree().at("d22/a.py"), "larger = 12345\n");

        assertThat(audit().out())
                .containsSubsequence(
                        "The costliest of 13 directories", "  d22: 1 stale, 15 bytes", "  d10: ", "  d18: ")
                .doesNotContain("  d19: ");
    }

    @Test
    void entriesAreReportedInTheGivenOrder() throws Exception {
        tree().stale("zzz/a").stale("aaa/b");

        assertThat(CommandLineRun.of("audit", tree().at("zzz"), tree().at("aaa"))
                        .out())
                .containsSubsequence("/zzz\n", "/aaa\n", "2 pycs judged, 2 findings.");
    }

    @Test
    void aZeroMtimeIsAttributedToImages() throws Exception {
        for (String stem : new String[] {"a", "b", "c", "d"}) {
            tree().stale(stem);
            Files.setLastModifiedTime(tree().at(stem + ".py"), FileTime.fromMillis(stem.equals("d") ? 5555 : 0));
        }

        assertThat(audit().out())
                .containsIgnoringWhitespaces(
                        "3 of 4 sources have the same mtime, 0, as ostree and other image formats set it");
    }

    @Test
    void mtimesThatAllMovedInOneDirectionAreReported() throws Exception {
        for (int i = 0; i < 12; i++) {
            tree().stale("m" + i);
            Files.setLastModifiedTime(tree().at("m" + i + ".py"), FileTime.fromMillis(1_710_000_000_123L + i * 7919L));
        }

        assertThat(audit().out())
                .containsIgnoringWhitespaces(
                        "the headers of 12 pycs have the source's size but another mtime, nearly all an earlier");
    }

    @Test
    void controlCharactersInNamesAreEscaped() throws Exception {
        tree().stale("p\u001b[31m/a\n\udcff\u202e");

        assertThat(audit().out())
                .contains("p\\x1b[31m/a\\n\\xff\\u202e.py:1: stale (mtime): a\\n\\xff\\u202e.cpython-311.pyc");
        assertThat(CommandLineRun.of("audit", directory + "/\u001b[2J\n").err())
                .contains("/\\x1b[2J\\n: no such directory");
    }
}
