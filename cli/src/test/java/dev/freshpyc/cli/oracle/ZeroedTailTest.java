package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * If a machine crashes before a pyc is on its disk, the file has the right size but ends in zeros. A plain audit walks
 * the body of such a file and agrees with the interpreter.
 */
@EnabledOnOs(OS.LINUX)
class ZeroedTailTest {

    private static final Path PYTHON = Interpreters.required("cpython 3.11").executable();

    /** A script that compiles a module and gives its pyc a torn end, or a complete body that ends in zeros. */
    private static final String COMPILE = """
            import importlib.util, marshal, os, py_compile, sys
            source, change = sys.argv[1:]
            open(source, 'w').write('x = 1\\nnames = [%s]\\n' % ', '.join(repr('name%d' % i) for i in range(500)))
            pyc = py_compile.compile(source)
            content = open(pyc, 'rb').read()
            if change == 'torn':
                content = content[:-3000] + bytes(3000)
            else:
                code = marshal.loads(content[16:])
                content = content[:16] + marshal.dumps(code.replace(co_exceptiontable=bytes(40)))
            open(pyc, 'wb').write(content)
            """;

    @TempDir
    private Path site = Path.of("");

    @Test
    void aPlainAuditFindsATornFile() throws Exception {
        assertThat(python("-c", COMPILE, site.resolve("torn.py"), "torn").code())
                .isZero();
        CommandLineRun imported = python("-c", "import sys; sys.path.insert(0, '" + site + "'); import torn");

        assertThat(imported.err()).contains("marshal data");
        assertThat(audit()).contains("\"verdict\":\"fatal\"", "\"interpreter\":\"fails\"", "-body\"");
    }

    @Test
    void aCompleteBodyMayEndInZeros() throws Exception {
        assertThat(python("-c", COMPILE, site.resolve("zeros.py"), "whole").code())
                .isZero();
        CommandLineRun imported =
                python("-v", "-c", "import sys; sys.path.insert(0, '" + site + "'); import zeros; print(zeros.x)");

        assertThat(imported.out()).isEqualTo("1\n");
        assertThat(imported.err()).contains("code object from '" + site + "/__pycache__/zeros.");
        assertThat(audit()).isEmpty();
    }

    private String audit() {
        return CommandLineRun.of("audit", "--no-index", "--python", PYTHON, "--format", "jsonl", site)
                .out();
    }

    private static CommandLineRun python(Object... words) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(PYTHON.toString()), Stream.of(words).map(Object::toString))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("PYTHONDONTWRITEBYTECODE");
        return ProgramProcess.run(builder, "");
    }
}
