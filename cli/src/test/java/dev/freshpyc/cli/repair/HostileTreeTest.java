package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repair that compiles with a real interpreter runs no code of the tree, although the tree is the working directory
 * and the environment leads interpreters into the tree. Each trap leaves a file when it runs.
 */
@EnabledOnOs(OS.LINUX)
class HostileTreeTest {

    /** Modules that an interpreter imports at its start, or that a compiler's script might import. */
    private static final List<String> MODULES = List.of(
            "sitecustomize",
            "usercustomize",
            "site",
            "os",
            "io",
            "json",
            "marshal",
            "binascii",
            "resource",
            "warnings",
            "encodings/__init__",
            "codecs",
            "gc",
            "imp");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> aRepairRunsNoCodeOfTheTree() {
        List<Interpreter> pythons = Interpreters.all().stream()
                .filter(python -> python.name().startsWith("cpython"))
                .toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no CPython");
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.name(), () -> test(python)));
    }

    private void test(Interpreter python) throws IOException, InterruptedException {
        Path lib = Files.createTempDirectory(directory, "lib");
        Path traces = Files.createTempDirectory(directory, "traces");
        requireThatTrapsWork(python, traces);
        Map<String, String> environment = setTraps(lib, traces, python);
        Path wanted = wantedPyc(lib, python);
        ProcessBuilder program = ProgramProcess.ofProgram(List.of(), "repair", "--index", directory.resolve("index"));
        if (python.isTagged()) {
            program.command().addAll(List.of("--expect", python.tag()));
        }
        program.command().addAll(List.of("--python", python.executable().toString(), "."));
        program.directory(lib.toFile()).environment().putAll(environment);
        CommandLineRun run = ProgramProcess.run(program, "");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(wanted).content(StandardCharsets.ISO_8859_1).hasSizeGreaterThan(Pairs.header(0, 0, 0, 0).length);
        assertThat(names(traces)).isEmpty();
    }

    /** A pyc that the repair must compile: a missing pyc, or a stale pyc beside its source if names have no tag. */
    private static Path wantedPyc(Path lib, Interpreter python) throws IOException {
        if (python.isTagged()) {
            return lib.resolve("__pycache__/json." + python.tag() + ".pyc");
        }
        byte[] header = Arrays.copyOf(Pairs.header(python.magicNumber(), 0, 0, 0), python.headerLength());
        return Files.write(lib.resolve("json.pyc"), header);
    }

    /** Sets the traps; returns the environment that leads into them. */
    private static Map<String, String> setTraps(Path lib, Path traces, Interpreter python) throws IOException {
        for (String module : MODULES) {
            write(lib.resolve(module + ".py"), trap(traces, module.replace('/', '.')));
        }
        write(lib.resolve("startup.py"), trap(traces, "startup"));
        String site = "lib/python" + python.minorVersion().substring("cpython ".length()) + "/site-packages";
        for (String place : List.of("", site)) {
            write(
                    lib.resolve(place).resolve("evil.pth"),
                    "import " + trap(traces, "pth").replace("\n", ";") + "\n");
        }
        write(lib.resolve("pyvenv.cfg"), "home = " + lib + "\ninclude-system-site-packages = true\n");
        for (String place : List.of("", "bin")) {
            for (String name :
                    List.of("python", "python3", python.minorVersion().replace("cpython ", "python"))) {
                Path program = write(
                        lib.resolve(place).resolve(name), "#!/bin/sh\necho > '" + traces.resolve("program") + "'\n");
                assertThat(program.toFile().setExecutable(true)).isTrue();
            }
        }
        return Map.of(
                "PYTHONPATH", lib.toString(),
                "PYTHONSTARTUP", lib.resolve("startup.py").toString(),
                "PYTHONUSERBASE", lib.toString(),
                "PYTHONINSPECT", "1",
                "HOME", lib.toString(),
                "LD_LIBRARY_PATH", home(python),
                "PATH", ".:bin::" + System.getenv("PATH"));
    }

    /**
     * Requires that an interpreter without isolation runs a trap, so that the test would notice a worker without
     * isolation.
     */
    private void requireThatTrapsWork(Interpreter python, Path traces) throws IOException, InterruptedException {
        Path naive = Files.createTempDirectory(directory, "naive");
        write(naive.resolve("json.py"), trap(traces, "json"));
        ProcessBuilder program = new ProcessBuilder(python.executable().toString(), "-c", "import json")
                .directory(naive.toFile())
                .redirectErrorStream(true);
        program.environment().put("LD_LIBRARY_PATH", home(python));
        Process process = program.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(names(traces)).containsExactly("json");
        Files.delete(traces.resolve("json"));
    }

    private static String home(Interpreter python) {
        Path bin = Objects.requireNonNull(python.executable().getParent());
        return Objects.requireNonNull(bin.getParent()).toString();
    }

    private static String trap(Path traces, String name) {
        return "open('" + traces.resolve(name) + "', 'w').close()\n";
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, text);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
