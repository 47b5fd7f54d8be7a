package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A legacy file without a source is judged for the default interpreter, and {@code explain} names the version that
 * wrote the file.
 */
class SourcelessAnswerTest {

    @TempDir
    Path directory = Path.of("");

    /**
     * Each available version writes one file. {@code python3} loads the file of its own version and fails on the
     * others.
     */
    @Test
    void theVerdictAgreesWithTheDefaultInterpreter() throws Exception {
        assumeTrue(Shell.succeeds("python3", "-c", "pass"), "NOT RUN: no python3");
        int count = 0;
        for (Interpreter python : Interpreters.all()) {
            if (!python.minorVersion().startsWith("cpython")) {
                continue;
            }
            Path tree = Files.createDirectory(directory.resolve("d" + python.magicNumber() + "-" + count++));
            Files.write(tree.resolve("s.pyc"), python.pyc(Pairs.MTIME, 1, python.code()));
            boolean loads = Shell.succeeds("python3", "-c", "import sys; sys.path[:0] = ['" + tree + "']; import s");

            String finding = CommandLineRun.of("audit", "--no-index", "--format", "jsonl", tree)
                    .out();
            assertThat(finding)
                    .as(python.toString())
                    .contains(
                            loads
                                    ? "\"verdict\":\"sourceless\",\"interpreter\":\"loads\""
                                    : "\"verdict\":\"foreign\",\"interpreter\":\"fails\",\"reason\":\"magic\"");
            String version = python.minorVersion().replace("cpython", "CPython");
            String story = CommandLineRun.of("explain", tree.resolve("s.pyc")).out();
            assertThat(story)
                    .contains("magic " + python.magicNumber() + " (" + version + "), timestamp: mtime 1700000000")
                    .contains(loads ? "to fix    nothing" : "to fix    import it with " + version + ", which wrote it")
                    .doesNotContain("interpreter of the tag");
        }
    }

    /** A repair cannot compile without a source, so the audit does not suggest a repair. */
    @Test
    void theAdviceForAFileWithoutASourceNamesNoRepair() throws IOException {
        new Pairs(directory).file("cut.pyc", new byte[] {1, 2, 3});

        assertThat(CommandLineRun.of("audit", "--no-index", directory).out())
                .contains("Next: freshpyc explain " + directory.resolve("cut.pyc"));
        CommandLineRun repair = CommandLineRun.of("repair", "--index", directory.resolve("index"), directory);
        assertThat(repair.code()).isEqualTo(1);
        assertThat(repair.out()).contains("cut.pyc  left: no-source (short-header, and nothing to compile)");

        assertThat(CommandLineRun.of("explain", directory.resolve("cut.pyc")).out())
                .contains("verdict   malformed", "to fix    restore its source, or remove the file");
    }

    /**
     * If the magic belongs to another version than the tag, the header is decoded in the layout of the version of the
     * magic.
     */
    @Test
    void aHeaderIsDecodedInTheLayoutOfItsMagic() throws IOException {
        new Pairs(directory).source("m.py");
        byte[] bytes = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(3379 | 0x0a0d0000)
                .putInt(1_600_000_000)
                .putInt(77)
                .array();
        new Pairs(directory).file("__pycache__/m.cpython-312.pyc", bytes);
        bytes[0] = (byte) 62211;
        bytes[1] = (byte) (62211 >> 8);
        new Pairs(directory).file("__pycache__/m.cpython-313.pyc", bytes);

        assertThat(CommandLineRun.of("explain", directory.resolve("m.py")).out())
                .contains(
                        "magic 3379 (CPython 3.6), timestamp: mtime 1600000000 (2020-09-13T12:26:40Z), source size 77",
                        "magic 62211 (CPython 2.7), timestamp: mtime 1600000000 (2020-09-13T12:26:40Z)\n",
                        "verdict   foreign (magic)");
        assertThat(CommandLineRun.of("audit", "--no-index", "--format", "jsonl", directory)
                        .out())
                .contains(
                        "\"header\":{\"magic\":3379,\"kind\":\"timestamp\",\"mtime\":1600000000,\"size\":77}",
                        "\"header\":{\"magic\":62211,\"kind\":\"timestamp\",\"mtime\":1600000000}");
    }
}
