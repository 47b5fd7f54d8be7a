package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit marks the bodies that it did not read, and reads a body that differs from the body in the index. */
class UnreadBodyTest {

    private static final String UNREAD = ",\"body\":\"unread\"}";

    @TempDir
    Path directory = Path.of("");

    private Path tree = Path.of("");
    private Path pyc = Path.of("");

    @BeforeEach
    void compile() throws IOException {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        tree = Files.createDirectory(directory.resolve("tree"));
        Path source = Files.writeString(tree.resolve("m.py"), "WHO = 'src'\n" + "x = 'some text'\n".repeat(500));
        pyc = Path.of(python.launcher()
                .run("compile.py", List.of(), List.of(source.toString(), "TIMESTAMP"))
                .getFirst());
    }

    @Test
    void aPlainAuditReportsThatItReadNoBodies() {
        assertThat(audit("--no-index", "--all", "--format", "jsonl").out())
                .contains("\"interpreter\":\"loads\"")
                .endsWith(UNREAD + "\n");
        assertThat(audit("--no-index", "--format", "json").out()).contains("\"unread_bodies\":1");
        assertThat(audit("--no-index").out())
                .contains("1 pyc loads by its header; the bodies were not read. --deep reads them");
    }

    @Test
    void aDeepAuditReadsTheBodies() {
        assertThat(audit("--no-index", "--deep", "--all", "--format", "jsonl").out())
                .contains("\"interpreter\":\"loads\"")
                .doesNotContain("\"body\"");
        assertThat(audit("--no-index", "--deep", "--format", "json").out()).contains("\"unread_bodies\":0");
        assertThat(audit("--no-index", "--deep").out()).doesNotContain("not read");
    }

    @Test
    void anIndexedFileThatACrashCutIsFound() throws IOException {
        run("refresh");
        byte[] bytes = Files.readAllBytes(pyc);
        Files.write(pyc, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(audit("--format", "jsonl").out()).contains("\"verdict\":\"fatal\",\"interpreter\":\"fails\"");
    }

    @Test
    void anIndexedFileWhoseTailACrashLeftZeroedIsFound() throws IOException {
        run("refresh");
        byte[] bytes = Files.readAllBytes(pyc);
        Arrays.fill(bytes, 64, bytes.length, (byte) 0);
        Files.write(pyc, bytes);

        assertThat(audit("--format", "jsonl").out()).contains("\"verdict\":\"fatal\",\"interpreter\":\"fails\"");
    }

    private CommandLineRun audit(Object... options) {
        return run("audit", options);
    }

    private CommandLineRun run(Object... words) {
        List<Object> all = new ArrayList<>(Arrays.asList(words));
        if (!all.contains("--no-index")) {
            all.add(1, "--index");
            all.add(2, directory.resolve("index"));
        }
        all.add(tree);
        return CommandLineRun.of(all.toArray());
    }
}
