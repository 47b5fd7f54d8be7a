package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code repair} also repairs the {@code .pyo} files of Python 2.7, whose names do not tell {@code -O} from {@code
 * -OO}.
 */
@EnabledOnOs(OS.LINUX)
class OptimizedLegacyTest {

    private static final String DOCUMENTED = "def f():\n    'says so'\n    assert 0\nVALUE = 1\n";
    private static final String PLAIN = "def f():\n    assert 0\nVALUE = 1\n";

    @TempDir
    private Path directory = Path.of("");

    private Path tree = Path.of("");
    private Path source = Path.of("");
    private final Interpreter python = Interpreters.assumed("cpython 2.7");

    @BeforeEach
    void makeATree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        source = tree.resolve("m.py");
    }

    /**
     * The times are lost, so the repair compares the code with the code of both options, and writes only the header.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-O", "-OO"})
    void codeOfEitherOptionIsKept(String option) throws Exception {
        write(DOCUMENTED);
        compile(option);
        byte[] before = Files.readAllBytes(tree.resolve("m.pyo"));
        setTime(1_500_000_000);
        assertThat(loads(option)).isFalse();

        assertThat(repair("--dry-run").out()).contains("would be compiled and compared: 1");
        assertThat(repair().out()).contains("restamped: 1, recompiled: 0");

        assertThat(loads(option)).isTrue();
        byte[] after = Files.readAllBytes(tree.resolve("m.pyo"));
        assertThat(after).endsWith(body(before)).hasSameSizeAs(before);
        assertThat(repair("--check").code()).isZero();
    }

    @Test
    void aProvenFileGetsOnlyANewHeader() throws Exception {
        write(DOCUMENTED);
        compile("-O");
        run("refresh", "--prove");
        setTime(1_500_000_000);

        assertThat(run("audit").out()).contains("1 pyc: 1 needless");
        assertThat(repair().out()).contains("restamped: 1, recompiled: 0");

        assertThat(loads("-O")).isTrue();
    }

    /** New code that both options compile alike is written; other new code would be wrong for one of the options. */
    @Test
    void newCodeIsWrittenOnlyIfBothOptionsCompileItAlike() throws Exception {
        write(DOCUMENTED);
        compile("-O");
        write(PLAIN + "MORE = 2\n");
        setTime(1_500_000_000);

        assertThat(repair().out()).contains("restamped: 0, recompiled: 1");
        assertThat(loads("-O")).isTrue();
        assertThat(loads("-OO")).isTrue();

        byte[] before = Files.readAllBytes(tree.resolve("m.pyo"));
        write(DOCUMENTED + "MORE = 3\n");
        setTime(1_400_000_000);
        CommandLineRun left = repair();
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.out())
                .contains(
                        "m.pyo  left: not-compiled (the name of a .pyo file does not tell -O from -OO, whose code differs: compile"
                                + " it with its own interpreter, 'python -O -m compileall' or 'python -OO -m compileall')");
        assertThat(Files.readAllBytes(tree.resolve("m.pyo"))).isEqualTo(before);
    }

    private void write(String code) throws IOException {
        Files.writeString(source, code);
        setTime(1_600_000_000);
    }

    private void setTime(long seconds) throws IOException {
        Files.setLastModifiedTime(source, FileTime.from(seconds, TimeUnit.SECONDS));
    }

    private static byte[] body(byte[] pyc) {
        return Arrays.copyOfRange(pyc, 8, pyc.length);
    }

    private void compile(String option) throws Exception {
        start(option, "import py_compile; py_compile.compile('" + source + "', doraise=True)");
        assertThat(tree.resolve("m.pyo")).exists();
    }

    /** Whether the interpreter with this option loads the bytecode instead of compiling the source. */
    private boolean loads(String option) throws Exception {
        String output = start(option, "import sys; sys.path.insert(0, '" + tree + "'); import m; m.f()");
        return output.contains("import m # precompiled from " + tree.resolve("m.pyo"));
    }

    private String start(String option, String code) throws Exception {
        List<String> command = Stream.of(python.executable().toString(), "-v", "-B", "-S", option, "-c", code)
                .collect(Collectors.toList());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private CommandLineRun repair(String... options) {
        return run(Stream.concat(Stream.of("repair"), Stream.of(options)).toArray(String[]::new));
    }

    private CommandLineRun run(String... words) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--index",
                                directory.resolve("index").toString(),
                                "--python",
                                python.executable().toString(),
                                tree.toString()))
                .toArray());
    }
}
