package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.CompiledFile;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytecode that GraalPy 24.2.2 and 25.0.1 wrote for {@code answer = 42}, with mtime {@value Pairs#MTIME}. Both versions
 * load these files. Both versions fail with an EOFError if nothing follows the header, and compile the source if the
 * header does not match.
 */
class GraalpyBytecodeTest {

    private static final int HEADER = 16;

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"graalpy242-311", "graalpy250-312"})
    void theHeaderDecidesAndTheReasonSaysThatTheBodyIsUnwalked(String tag) throws Exception {
        write(tag, bytecode(tag));

        String fresh = "\"verdict\":\"fresh\",\"interpreter\":\"loads\",\"reason\":\"unwalked-body\",\"evidence\":";
        assertThat(audit()).contains(fresh + "\"header\"");
        assertThat(audit("--deep")).contains(fresh + "\"header\"");

        Files.setLastModifiedTime(directory.resolve("m.py"), FileTime.fromMillis(Pairs.MTIME * 1000L));
        assertThat(audit())
                .as("the source's ctime is later than the birth of the bytecode")
                .contains(fresh + "null");

        Files.setLastModifiedTime(directory.resolve("m.py"), FileTime.fromMillis(0));
        assertThat(audit()).contains("\"verdict\":\"stale\",\"interpreter\":\"recompiles\",\"reason\":\"mtime\"");
    }

    @Test
    void aBodyThatNoRunCanReadIsNotPromisedToDeep() throws Exception {
        write("graalpy242-311", bytecode("graalpy242-311"));

        for (String depth : new String[] {"-q", "--deep"}) {
            assertThat(CommandLineRun.of("audit", "--no-index", depth, directory)
                            .out()
                            .replaceAll("\\s+", " "))
                    .contains("1 pyc loads by its header; freshpyc does not know the interpreter's code")
                    .doesNotContain("--deep", "not read");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"graalpy242-311", "graalpy250-312"})
    void anEmptyBodyIsFatal(String tag) throws Exception {
        write(tag, Arrays.copyOf(bytecode(tag), HEADER));

        assertThat(audit()).contains("\"verdict\":\"fatal\",\"interpreter\":\"fails\",\"reason\":\"empty-body\"");
    }

    /** GraalPy's hash function is unknown to freshpyc, so a checked hash cannot be compared. The file does not change. */
    @Test
    void aFileWithAnUnknownHashIsLeftAsUndecided() throws Exception {
        byte[] bytecode = bytecode("graalpy242-311");
        bytecode[4] = 3; // a checked hash
        write("graalpy242-311", bytecode);

        CommandLineRun run = CommandLineRun.of("repair", "--index", directory.resolve("index"), directory);

        assertThat(run.out()).contains("m.graalpy242-311.pyc  left: undecided (unknown-hash)", "; 1 undecided");
        assertThat(CommandLineRun.of("explain", "--no-index", directory.resolve("m.py"))
                        .out())
                .contains("to fix    compile the source with the interpreter's own compileall");
    }

    private void write(String tag, byte[] bytecode) throws IOException {
        Path source = Files.writeString(directory.resolve("m.py"), "answer = 42\n");
        Files.setLastModifiedTime(source, FileTime.fromMillis(Pairs.MTIME * 1000L));
        Path cache = Files.createDirectory(directory.resolve("__pycache__"));
        CompiledFile.write(source, cache.resolve("m." + tag + ".pyc"), bytecode);
    }

    private static byte[] bytecode(String tag) throws IOException {
        try (InputStream file = GraalpyBytecodeTest.class.getResourceAsStream("m." + tag + ".pyc")) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    private String audit(Object... options) {
        return CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", options, directory)
                .out();
    }
}
