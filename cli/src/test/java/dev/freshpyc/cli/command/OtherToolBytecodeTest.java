package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytecode that pytest, typeguard and other tools write for themselves is counted separately, and no command is
 * suggested for such bytecode.
 */
class OtherToolBytecodeTest {

    private static final String PYTEST = "__pycache__/a.cpython-311-pytest-8.3.4.pyc";
    private static final String TYPEGUARD = "__pycache__/a.cpython-311.opt-typeguard443.pyc";
    private static final String GONE = "__pycache__/gone.cpython-311-pytest-8.3.4.pyc";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void makeATree() throws Exception {
        byte[] header = Pairs.header(3495, 0, 0, 0);
        new Pairs(directory)
                .fresh("a")
                .file(PYTEST, header, (byte) 0xe3)
                .file(TYPEGUARD, header, (byte) 0xe3)
                .file(GONE, header, (byte) 0xe3);
    }

    @Test
    void theFilesAreCountedSeparatelyAndAreNoFindings() {
        assertThat(audit().out()).contains("4 pycs: 1 fresh", "3 other-tool", "4 pycs judged, 0 findings.");
        assertThat(audit("--format", "json").out()).contains("\"other-tool\":3", "\"findings\":[]");
        assertThat(audit("--fail-on", "any").code()).isZero();
        assertThat(audit("--fail-on", "other-tool").code()).isEqualTo(1);
    }

    @Test
    void theNameIsParsedAsTheToolWroteIt() {
        assertThat(audit("--all", "--format", "jsonl").lines())
                .anyMatch(line -> line.startsWith("{\"source\":\"a.py\",\"pyc\":\"" + PYTEST)
                        && line.contains("\"tag\":\"cpython-311-pytest-8.3.4\",\"opt\":\"\",\"verdict\":\"other-tool\""
                                + ",\"interpreter\":\"ignores\",\"reason\":\"other-tool\",\"evidence\":null"))
                .anyMatch(line -> line.contains("\"tag\":\"cpython-311\",\"opt\":\"typeguard443\""));
    }

    @Test
    void explainSuggestsNoCommand() {
        assertThat(CommandLineRun.of("explain", directory.resolve(PYTEST)).out())
                .contains("to fix    nothing: the tool that wrote it reads it")
                .doesNotContain("remove");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refreshAndRepairLeaveTheFiles() {
        Path index = directory.resolve("index");

        assertThat(CommandLineRun.of("refresh", "--index", index, directory).out())
                .contains("3 other-tool");
        assertThat(CommandLineRun.of("repair", "--index", index, directory).out())
                .contains("4 seen; ", "3 other-tool");
    }

    private CommandLineRun audit(Object... options) {
        return CommandLineRun.of("audit", "--no-index", options, directory);
    }
}
