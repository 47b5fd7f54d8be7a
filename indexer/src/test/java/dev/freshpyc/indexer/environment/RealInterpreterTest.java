package dev.freshpyc.indexer.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** For each interpreter of this machine, the probe's answer equals the output of a plain Python script. */
class RealInterpreterTest {

    private static final String REPORT = """
            import sys
            try:
                from importlib.util import MAGIC_NUMBER as magic
            except ImportError:
                import imp
                magic = imp.get_magic()
            number = bytearray(magic)
            print('%d.%d' % sys.version_info[:2])
            print(number[0] + 256 * number[1])
            print(getattr(getattr(sys, 'implementation', None), 'cache_tag', None))
            print(sys.executable)
            print(chr(10).join(entry for entry in sys.path if entry))
            """;

    private final InterpreterProbe probe = InterpreterProbe.within(RealPythons.LIMIT);

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> everyProbeReportsWhatAPlainRunReports() throws Exception {
        return RealPythons.each(this::assertSameReport);
    }

    @TestFactory
    Stream<DynamicTest> aProbeRunsNoFileOfTheCurrentDirectory() throws Exception {
        Path hostile = hostile();
        return RealPythons.each(executable -> assertRunsNothingIn(hostile, executable));
    }

    @Test
    void pathEntriesThatAreNotUtf8OrHoldNewlinesAreKept() throws Exception {
        String python = RealPythons.firstModern(RealPythons.all());
        String version = RealPythons.output(python, "import sys; print('%d.%d' % sys.version_info[:2])");
        String home = RealPythons.output(python, "import os, sys; print(os.path.realpath(sys.executable))");
        String wrapper = Script.write(directory, "python", """
                cd %s && venv=$(printf 'new\\nline\\377') && mkdir -p "$venv/bin" "$venv/lib/python%s/site-packages"
                echo home = %s > "$venv/pyvenv.cfg" && ln -s %s "$venv/bin/python"
                "$venv/bin/python" "$@" && rm "$venv/bin/python\"""".formatted(
                Script.quoted(directory.toRealPath()), version, Path.of(home).getParent(), Script.quoted(home)));

        List<RawPath> path = probe.probe(wrapper).path();

        assertThat(path)
                .contains(RawPath.of(
                        directory.toRealPath() + "/new\nline\udcff/lib/python" + version + "/site-packages"));
    }

    @Test
    void outputAroundTheAnswerIsIgnored() throws Exception {
        String python = Script.quoted(RealPythons.firstModern(RealPythons.all()));
        String noisy = "printf '\\033[1mwelcome <freshpyc '; echo oops >&2; " + python + " \"$@\"; printf ' bye'";
        String wrapper = Script.write(directory, "python", noisy);

        assertThat(probe.probe(wrapper).path()).isNotEmpty();
    }

    private void assertSameReport(String executable) throws Exception {
        List<String> expected = RealPythons.output(executable, REPORT).lines().toList();

        PythonEnvironment probed = probe.probe(executable);

        var known = probed.interpreter();
        assertThat(known.version().major() + "." + known.version().minor()).isEqualTo(expected.get(0));
        assertThat(probed.version()).startsWith(expected.get(0));
        assertThat(known.magic().wellFormed()).isTrue();
        assertThat(known.magic().number()).hasToString(expected.get(1));
        assertThat(MagicTable.owner(known.magic()).map(PythonVersion::implementation))
                .hasValue(known.version().implementation());
        assertThat(known.tag().orElse("None")).isEqualTo(expected.get(2));
        assertThat(probed.path().stream().map(RawPath::toPython)).isEqualTo(expected.subList(4, expected.size()));
        assertThat(probed.program()).isEqualTo(RawPath.of(expected.get(3)));
        boolean shim = executable.contains("/shims/");
        assertThat(probed.executable()).isEqualTo(shim ? probed.program() : RawPath.of(executable));
    }

    private void assertRunsNothingIn(Path hostile, String executable) throws Exception {
        String setup = "cd " + Script.quoted(hostile) + " && export PYTHONPATH=. PYTHONSTARTUP=os.py PYTHONHOME=.";
        String wrapper = Script.write(directory, "python", setup + " && exec " + Script.quoted(executable) + " \"$@\"");

        PythonEnvironment probed = probe.probe(wrapper);

        assertThat(hostile.resolve("was-run")).doesNotExist();
        assertThat(probed.path()).isEqualTo(probe.probe(executable).path());
    }

    /** A directory with modules that Python imports when it starts; each module writes a file when it runs. */
    private Path hostile() throws IOException {
        Path hostile = Files.createDirectory(directory.resolve("hostile"));
        for (String module :
                List.of("json", "os", "imp", "sys", "site", "sitecustomize", "usercustomize", "importlib")) {
            Files.writeString(
                    hostile.resolve(module + ".py"), "open('was-run', 'w').write(__name__)\nraise SystemExit(7)\n");
        }
        return hostile;
    }
}
