package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A body is replaced while its source stays unchanged. The audit compares the new body with the code that a real
 * interpreter compiles from the source.
 */
@EnabledOnOs(OS.LINUX)
class ReplacedBodyTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    /**
     * A script that writes the code of a pyc in version 2 of the marshal format, which has no references: other bytes,
     * the same code.
     */
    private static final String WITHOUT_REFERENCES = """
            import marshal, sys
            data = open(sys.argv[1], "rb").read()
            open(sys.argv[1], "wb").write(data[:16] + marshal.dumps(marshal.loads(data[16:]), 2))
            """;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void indexAModule() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        index = directory.resolve("index");
        CompiledModule.make(lib, "VALUE = 'first'\ndef f(a, b=('first', 2)):\n    return a, b\n", 1_600_000_000_000L);
        SettledRefresh.run(index, lib);
    }

    @Test
    void otherCodeUnderAnUnchangedHeaderSizeAndMtimeIsAnImpostor() throws Exception {
        tamper();
        assertThat(Imports.of(PYTHON, lib).values().get("m0"))
                .as("the interpreter runs the planted code")
                .isEqualTo("wrong");

        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"", "\"evidence\":\"recompiled\"");
        assertThat(explain()).contains("impostor");
    }

    @Test
    void aRefreshRecordsTheImpostor() throws Exception {
        tamper();

        refresh();

        assertThat(CommandLineRun.of("lookup", "--index", index, lib.resolve("m0.py"))
                        .out())
                .contains("impostor");
        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
        SettledRefresh.run(index, lib);
        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    @Test
    void theSameCodeInOtherBytesIsFresh() throws Exception {
        writeWithoutReferences();

        assertThat(audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\"");
        refresh();
        assertThat(audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
    }

    /** Without an interpreter for the tag, the body cannot be compared, so the matching header proves nothing. */
    @Test
    void withoutAnInterpreterTheBodyIsUnproven() throws Exception {
        Path cache = lib.resolve("__pycache__");
        Path original = pyc();
        Path foreign = cache.resolve("m0.cpython-399.pyc");
        byte[] bytes = Files.readAllBytes(original);
        bytes[0] = (byte) 0xfe;
        bytes[1] = 0x7f;
        Files.write(foreign, bytes);
        Files.delete(original);
        SettledRefresh.run(index, lib);
        assertThat(audit()).contains("m0.cpython-399.pyc", "\"verdict\":\"fresh\"", "\"evidence\":\"header\"");
        bytes[bytes.length - 1] ^= 1;
        Files.write(foreign, bytes);

        assertThat(audit())
                .contains("m0.cpython-399.pyc", "\"verdict\":\"fresh\"", "\"reason\":\"unwalked-body\"")
                .contains("\"evidence\":null");

        refresh();
        refresh();
        bytes[bytes.length - 1] ^= 1;
        Files.write(foreign, bytes);
        assertThat(audit())
                .as("the proof of the first body is not forgotten for a body of which nothing is known")
                .contains("m0.cpython-399.pyc", "\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "timestamp", "checked-hash"})
    void aRepairWritesTheSourcesCode(String target) throws Exception {
        tamper();

        CommandLineRun planned = repair("--to", target, "--check");
        assertThat(planned.code()).as(planned.out()).isNotZero();
        assertThat(repair("--to", target, "--dry-run", "--format", "jsonl").out())
                .contains("m0.")
                .doesNotContain("as-wanted");
        assertThat(audit()).as("nothing was forgotten").contains("\"verdict\":\"impostor\"");
        repair("--to", target);

        assertThat(Imports.of(PYTHON, lib).values().get("m0")).isEqualTo("first");
        assertThat(audit()).contains("\"verdict\":\"fresh\"");
    }

    @Test
    void aRepairKeepsTheSameCodeInOtherBytes() throws Exception {
        writeWithoutReferences();
        byte[] before = Files.readAllBytes(pyc());

        repair("--to", "auto");

        assertThat(Files.readAllBytes(pyc())).isEqualTo(before);
        assertThat(audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
        Files.setLastModifiedTime(lib.resolve("m0.py"), FileTime.fromMillis(1_700_000_000_000L));
        assertThat(audit())
                .as("proven for these very bytes")
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    /** An undo puts the planted body back. The index still knows that another body was proven for the source. */
    @Test
    void afterAnUndoTheBodyIsComparedAgain() throws Exception {
        tamper();
        repair("--to", "auto");

        CommandLineRun undone = CommandLineRun.of("undo", "--index", index, lib);

        assertThat(undone.code()).as(undone.err()).isZero();
        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
        repair("--to", "auto");
        assertThat(Imports.of(PYTHON, lib).values().get("m0")).isEqualTo("first");
    }

    private CommandLineRun repair(String... options) {
        Object[] words = Stream.concat(
                        Stream.of("repair", "--index", index, "--python", PYTHON.executable(), lib), Stream.of(options))
                .toArray();
        return CommandLineRun.of(words);
    }

    private void writeWithoutReferences() throws Exception {
        byte[] before = Files.readAllBytes(pyc());
        FileTime mtime = Files.getLastModifiedTime(pyc());
        assertThat(new ProcessBuilder(PYTHON.executable().toString(), "-c", WITHOUT_REFERENCES, pyc().toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Files.setLastModifiedTime(pyc(), mtime);
        assertThat(Arrays.equals(before, Files.readAllBytes(pyc())))
                .as("other bytes")
                .isFalse();
    }

    private void tamper() throws IOException {
        CompiledModule.plant(pyc(), "first", "wrong");
    }

    private void refresh() {
        CommandLineRun.of("refresh", "--index", index, lib);
    }

    private String audit() {
        return CommandLineRun.of("audit", "--index", index, "--all", "--format", "jsonl", lib)
                .out();
    }

    private String explain() throws IOException {
        return CommandLineRun.of("explain", "--index", index, pyc()).out();
    }

    private Path pyc() throws IOException {
        return CompiledModule.pyc(lib);
    }
}
