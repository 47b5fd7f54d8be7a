package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import dev.freshpyc.perf.startup.StartCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The profile that a bench writes lists exactly the modules that the command needs to start without compiling. */
@EnabledOnOs(OS.LINUX)
class SavedProfileTest {

    @TempDir
    private Path home = Path.of("");

    /**
     * {@code -m pkg} also loads {@code pkg.__main__}, which no import reports; {@code space} is a namespace package.
     */
    @Test
    void aCleanWithTheProfileKeepsTheBytecodeThatTheCommandLoads() throws Exception {
        Shell.require("python3");
        Path lib = home.resolve("lib");
        source("pkg/__init__.py", "");
        source("pkg/__main__.py", """
                import importlib, pkg.used, space.part
                importlib.import_module('pkg.two words')
                importlib.import_module('pkg.a#b')
                importlib.import_module('pkg."quoted" name')
                print('ready')
                """);
        source("pkg/used.py", "x = 1\n");
        source("pkg/unused.py", "x = 2\n");
        source("pkg/two words.py", "x = 5\n");
        source("pkg/two other words.py", "x = 6\n");
        source("pkg/a#b.py", "x = 7\n");
        source("pkg/\"quoted\" name.py", "x = 8\n");
        source("space/part.py", "x = 3\n");
        source("used.py", "x = 4\n");
        List<String> command = List.of("/usr/bin/env", "PYTHONPATH=" + lib, "/usr/bin/python3", "-m", "pkg");
        assertThat(new ProcessBuilder("/usr/bin/python3", "-m", "compileall", "-q", lib.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path profile = home.resolve("profile");

        CommandLineRun run = CommandLineRun.of(
                "bench", "--runs", "6", "--states", "repaired,none", "--save-profile", profile, "--", command);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("size against time").containsPattern("the profile +[0-9.]+ KiB  [0-9.]+ ms");
        assertThat(Files.readAllLines(profile))
                .contains(
                        "pkg",
                        "pkg.__main__",
                        "pkg.used",
                        "space.part",
                        "\"pkg.two words\"",
                        "\"pkg.a#b\"",
                        "\"pkg.\"\"quoted\"\" name\"");
        assertThat(Files.readAllLines(profile)).doesNotContain("pkg.unused", "used", "__main__");
        CommandLineRun clean = CommandLineRun.of("clean", "--only", profile, lib, "--index", home.resolve("index"));
        assertThat(clean.code()).as(clean.err()).isZero();
        assertThat(pycs(lib))
                .containsExactlyInAnyOrder(
                        "pkg/__init__",
                        "pkg/__main__",
                        "pkg/used",
                        "space/part",
                        "pkg/two words",
                        "pkg/a#b",
                        "pkg/\"quoted\" name");
        List<String> verbose = new StartCommand(command, Optional.empty(), Duration.ofSeconds(60))
                .run(Map.of("PYTHONVERBOSE", "1", "PYTHONDONTWRITEBYTECODE", "1"))
                .verbose();
        assertThat(verbose).anyMatch(line -> line.contains("/pkg/__pycache__/used."));
        assertThat(verbose).noneMatch(line -> line.startsWith("# code object from '" + lib) && line.endsWith(".py'"));
    }

    @Test
    void aProfileThatCannotBeWrittenIsRefusedBeforeTheCommandIsStarted() {
        String started = "open('" + home.resolve("started") + "', 'w')";
        CommandLineRun run = CommandLineRun.of(
                "bench", "--save-profile", home.resolve("none/profile"), "--", "/usr/bin/python3", "-c", started);

        assertThat(run.complaint(3))
                .contains("--save-profile " + home + "/none/profile: the directory of this file does not exist");
        assertThat(home.resolve("started")).doesNotExist();
    }

    @Test
    void aDashInPlaceOfTheFileIsRefused() {
        assertThat(CommandLineRun.of("bench", "--save-profile", "-", "--", "/usr/bin/true")
                        .complaint(2))
                .contains("--save-profile -: give the name of a file");
    }

    private void source(String name, String text) throws IOException {
        Path file = home.resolve("lib").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Set<String> pycs(Path lib) throws IOException {
        try (Stream<Path> files = Files.walk(lib)) {
            return files.map(file -> lib.relativize(file).toString())
                    .filter(name -> name.endsWith(".pyc"))
                    .map(name -> name.replace("__pycache__/", "").replaceAll("\\..*", ""))
                    .collect(Collectors.toSet());
        }
    }
}
