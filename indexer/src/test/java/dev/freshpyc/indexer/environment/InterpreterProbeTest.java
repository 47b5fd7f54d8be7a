package dev.freshpyc.indexer.environment;

import static dev.freshpyc.indexer.environment.Script.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PythonVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The probe finds a program on PATH, starts the program with isolating options and parses the answer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
class InterpreterProbeTest {

    private static final String PYTHON_3_11 = "printf '<freshpyc 63707974686f6e 3 11 332e31312e37 a70d0d0a "
            + "63707974686f6e2d333131 2f70 2f63 627379730a666f73  2f61 2f620aff freshpyc>'";
    private static final String PYTHON_2_7 =
            "printf '<freshpyc 63707974686f6e 2 7 322e372e3138 03f30d0a 2d     freshpyc>'";

    @TempDir
    private Path directory;

    @Test
    void allPartsOfAnAnswerAreParsed() throws Exception {
        String python = Script.write(directory, "python", PYTHON_3_11);

        KnownInterpreter known =
                new KnownInterpreter(PythonVersion.cpython(3, 11), Optional.of("cpython-311"), Magic.of(3495));
        assertThat(probeOn().probe(python))
                .extracting(PythonEnvironment::executable, PythonEnvironment::interpreter, PythonEnvironment::version)
                .containsExactly(RawPath.of(python), known, "3.11.7");
        assertThat(probeOn().probe(python).program()).isEqualTo(RawPath.of("/p"));
        assertThat(probeOn().probe(python).pycachePrefix()).contains(RawPath.of("/c"));
        assertThat(probeOn().probe(python).builtIn()).containsExactly(RawPath.of("sys"));
        assertThat(probeOn().probe(python).frozen()).containsExactly(RawPath.of("os"));
        assertThat(probeOn().probe(python).path()).containsExactly(RawPath.of("/a"), RawPath.of("/b\n\udcff"));
    }

    @Test
    void aProbeIsIsolatedAndWritesNoBytecode() throws Exception {
        Path seen = directory.resolve("seen");
        String python = Script.write(directory, "python", "echo \"$1 $2 $3\" > " + quoted(seen) + "; " + PYTHON_3_11);

        probeOn().probe(python);

        assertThat(seen).hasContent("-I -B -c");
    }

    @Test
    void aProbeAsTheUserIsNotIsolated() throws Exception {
        Path seen = directory.resolve("seen");
        String python = Script.write(directory, "python", "echo \"$1 $2\" > " + quoted(seen) + "; " + PYTHON_3_11);

        probeOn().asUser().probe(python);

        assertThat(seen).hasContent("-B -c");
    }

    @Test
    void anInterpreterWithoutIsolatedModeIsProbedWithOlderOptions() throws Exception {
        Path seen = directory.resolve("seen");
        String python = Script.write(
                directory,
                "python",
                "echo \"$1 $2 $3\" >> " + quoted(seen) + "; [ \"$1\" != -I ] || exit 2; " + PYTHON_2_7);

        PythonEnvironment environment = probeOn().probe(python);

        assertThat(environment.interpreter().version()).isEqualTo(PythonVersion.cpython(2, 7));
        assertThat(environment.interpreter().tag()).isEmpty();
        assertThat(seen).hasContent("-I -B -c\n-E -s -B");
    }

    @Test
    void theSearchOnPathSkipsFilesThatAreNotExecutable() throws Exception {
        Files.createDirectories(directory.resolve("a/python3"));
        Files.createDirectories(directory.resolve("b"));
        Files.writeString(directory.resolve("b/python3"), "plain");
        Files.createDirectories(directory.resolve("c"));
        String expected = Script.write(directory.resolve("c"), "python3", PYTHON_3_11);

        assertThat(probeOn("/no/such", "a", "b", "c", ".").probe("python3").executable())
                .isEqualTo(RawPath.of(expected));
        assertThatExceptionOfType(InterpreterException.class)
                .isThrownBy(() -> probeOn("a", "b").probe("python3"))
                .withMessageContaining("a/python3' is not an executable file");
    }

    /** The current directory may belong to another user. */
    @Test
    void relativeAndEmptyEntriesOfPathAreLeftOut() throws Exception {
        Files.createDirectories(directory.resolve("a"));
        Script.write(directory.resolve("a"), "python3", PYTHON_3_11);
        String expected = Script.write(Files.createDirectories(directory.resolve("b")), "python3", PYTHON_3_11);
        String relative =
                Path.of("").toAbsolutePath().relativize(directory.resolve("a")).toString();
        InterpreterProbe probe = InterpreterProbe.within(RealPythons.LIMIT);

        assertThat(probe.along(relative + "::" + directory.resolve("b"))
                        .probe("python3")
                        .executable())
                .isEqualTo(RawPath.of(expected));
        assertThatExceptionOfType(InterpreterException.class)
                .isThrownBy(() -> probe.along(relative).probe("python3"))
                .withMessageContaining("'python3' was found only in a relative entry of PATH");
        assertThatExceptionOfType(InterpreterException.class)
                .isThrownBy(() -> probe.along("/no/such::").probe("pom.xml"))
                .withMessageContaining("'pom.xml' was found only in a relative entry of PATH");
        assertThatExceptionOfType(InterpreterException.class)
                .isThrownBy(() -> probe.along(":.").probe("no-such-python"))
                .withMessageContaining("'no-such-python' was not found");
    }

    @Test
    @Timeout(20)
    void aBackgroundProcessThatHoldsStandardErrorDoesNotDelayTheAnswer() throws IOException, InterpreterException {
        String python = Script.write(directory, "python", "sleep 30 >&- & " + PYTHON_3_11);

        assertThat(probeOn().probe(python).version()).isEqualTo("3.11.7");
    }

    private InterpreterProbe probeOn(String... directories) {
        StringBuilder path = new StringBuilder();
        for (String name : directories) {
            path.append(path.isEmpty() ? "" : ":").append(directory.resolve(name));
        }
        return InterpreterProbe.within(RealPythons.LIMIT).along(path.toString());
    }
}
