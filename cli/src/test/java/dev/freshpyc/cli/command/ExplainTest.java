package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} describes the same pair for the source and for its bytecode. */
class ExplainTest {

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private CommandLineRun explain(String name) {
        return CommandLineRun.of("explain", tree().at(name));
    }

    @Test
    void aSourceIsExplainedWithAllItsBytecode() throws Exception {
        tree().stale("a").file("__pycache__/a.cpython-39.opt-2.pyc", Pairs.header(3425, 3, 0, 0), (byte) 0xe3);

        CommandLineRun run = explain("a.py");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines())
                .startsWith(directory + "/a.py", "  source    6 bytes, mtime 1700000000 (2023-11-14T22:13:20Z)")
                .contains(
                        directory + "/__pycache__/a.cpython-311.pyc",
                        "  read by   cpython-311",
                        "  header    magic 3495 (CPython 3.11), timestamp: mtime 1699999991 (2023-11-14T22:13:11Z), source size 6",
                        "  verdict   stale (mtime), evidence: header",
                        "  import    distrusts it and compiles the source",
                        "  read by   cpython-39, optimization level 2",
                        "  header    magic 3425 (CPython 3.9), checked source hash 0000000000000000",
                        "  verdict   stale (hash), evidence: hash-header");
    }

    @Test
    void aBytecodeFileIsExplainedLikeItsSource() throws Exception {
        tree().stale("pkg/a");

        assertThat(explain(Pairs.cached("pkg/a")).out())
                .isEqualTo(explain("pkg/a.py").out());
    }

    @Test
    void aLegacyFileIsExplainedWithAndWithoutItsSource() throws Exception {
        tree().source("a.py").file("a.pyc", Pairs.header(3495, 0, 0, 0), (byte) 0xe3);
        tree().file("b.pyc", Pairs.header(3495, 0, 0, 0), (byte) 0xe3);

        assertThat(explain("a.pyc").out()).contains("verdict   shadowed (source-beside)", "import    never reads it");
        assertThat(explain("b.pyc").out()).contains("source    none", "read by   any interpreter that imports it");
    }

    @Test
    void anOrphanIsExplained() throws Exception {
        tree().file("__pycache__/gone.cpython-311.pyc", Pairs.header(3495, 0, 0, 0), (byte) 0xe3);

        assertThat(explain("__pycache__/gone.cpython-311.pyc").out())
                .contains("source    none", "verdict   orphaned (no-source)");
    }

    @Test
    void aSourceWithoutBytecodeIsExplained() throws Exception {
        tree().source("a.py");

        assertThat(explain("a.py").out())
                .contains("bytecode  none: every interpreter compiles the source at every start");
    }

    @Test
    void aMissingFileIsOneLine() throws Exception {
        Files.createFile(directory.resolve("a.txt"));

        assertThat(explain("none.py").complaint(3)).contains("none.py: no such file");
        assertThat(explain("none.pyc").complaint(3)).contains("none.pyc: no such file");
        assertThat(explain("no/such/a.py").complaint(3)).contains("no/such/a.py: no such file");
        assertThat(explain("none.txt").complaint(2)).contains("neither a source");
        assertThat(explain("a.txt").complaint(2)).contains("no source and no bytecode");
        assertThat(CommandLineRun.of("explain", "no/such/b.py").complaint(3)).contains("names relative to the entry");
    }

    @Test
    void namesAndTagsAreShownEscaped() throws Exception {
        tree().source("a\n\u001b[31m.py")
                .file("__pycache__/a\n\u001b[31m.t\u001b[2J.pyc", Pairs.header(3495, 0, 0, 0), (byte) 0xe3);

        CommandLineRun run = CommandLineRun.of("explain", directory + "/a\n\u001b[31m.py");

        assertThat(run.out()).contains("a\\n\\x1b[31m.py", "read by   t\\x1b[2J");
    }

    @Test
    void bytecodeUnderACachePrefixIsExplained() throws Exception {
        tree().stale("src/a")
                .file("cache" + directory + "/src/a.cpython-311.pyc", Pairs.header(3495, 0, Pairs.MTIME, 6));

        CommandLineRun run =
                CommandLineRun.of("explain", "--pycache-prefix", directory.resolve("cache"), tree().at("src/a.py"));

        assertThat(run.out()).contains("verdict   shadowed (cache-prefix)", "verdict   fatal (empty-body)");
    }
}
