package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every report tells the missing bytecode of one source apart: a name that lacks nothing but the file. */
class MissingBytecodeTest {

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void makeASource() throws Exception {
        new Pairs(directory).source("lv/m.py");
    }

    private CommandLineRun audit(Object... words) {
        return CommandLineRun.of(
                "audit", "--no-index", "--expect", "cpython-312:0,cpython-312:1,cpython-34:1", words, directory);
    }

    @Test
    void textNamesTheBytecodeBehindTheSource() {
        assertThat(audit().lines())
                .contains(
                        directory + "/lv/m.py:1: missing (absent): m.cpython-312.pyc",
                        directory + "/lv/m.py:1: missing (absent): m.cpython-312.opt-1.pyc",
                        directory + "/lv/m.py:1: missing (absent): m.cpython-34.pyo");
    }

    @Test
    void aDiffNamesNewAndFixedBytecode() throws Exception {
        Path old = directory.resolve("old.json");
        Files.writeString(old, "");
        assertThat(audit("--diff", old).lines())
                .contains("new      " + directory + "/lv/m.py:1: missing (absent): m.cpython-312.opt-1.pyc");
        Files.writeString(old, audit("--format", "json").out());

        assertThat(CommandLineRun.of("audit", "--no-index", "--diff", old, directory)
                        .lines())
                .contains(
                        "fixed    " + directory + "/lv/m.py: no finding, before: missing (absent), cpython-312",
                        "fixed    " + directory + "/lv/m.py: no finding, before: missing (absent), cpython-312 opt-1");
    }

    @Test
    void everyCaseOfATestReportHasItsOwnName() {
        assertThat(audit("--format", "junit").out())
                .contains(
                        "<testcase name=\"lv/m.py: m.cpython-312.pyc\"",
                        "<testcase name=\"lv/m.py: m.cpython-312.opt-1.pyc\"");
    }

    @Test
    void aPageNamesTheBytecodeInItsTableAndItsList() {
        assertThat(audit("--format", "html").out())
                .contains(
                        "<small>m.cpython-312.pyc missing (absent), m.cpython-312.opt-1.pyc missing (absent), m.cpython-34.pyo",
                        "\"lv/m.py: m.cpython-312.opt-1.pyc\"");
    }
}
