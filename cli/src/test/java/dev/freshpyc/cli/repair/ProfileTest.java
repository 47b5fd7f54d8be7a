package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A profile limits a clean and a repair to its modules. A real interpreter shows which modules load from bytecode. */
@EnabledOnOs(OS.LINUX)
class ProfileTest {

    private static final List<String> MODULES =
            List.of("top", "pkg.__init__", "pkg.a", "pkg.sub.__init__", "pkg.sub.b");

    /**
     * A script that imports modules and prints the names of those that are loaded from bytecode, without compiling.
     */
    private static final String LOADED = """
            import importlib, importlib._bootstrap_external as loader, sys
            sys.path.insert(0, sys.argv[1])
            compiled = []
            original = loader.SourceLoader.source_to_code
            def source_to_code(self, data, path, **more):
                compiled.append(self.name)
                return original(self, data, path, **more)
            loader.SourceLoader.source_to_code = source_to_code
            for name in sys.argv[2:]:
                importlib.import_module(name)
            print(' '.join(sorted(name for name in sys.argv[2:] if name not in compiled)))
            """;

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private String tag = "";

    @BeforeEach
    void compileATree() throws Exception {
        Shell.require("python3");
        directory = directory.toRealPath();
        lib = directory.resolve("lib");
        tag = Shell.run("/usr/bin/python3", "-c", "import sys; print(sys.implementation.cache_tag)")
                .strip();
        for (String module : MODULES) {
            Path source = lib.resolve(module.replace('.', '/') + ".py");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "x = '" + module + "'\n");
        }
        compile();
        Files.copy(lib.resolve("__pycache__/top." + tag + ".pyc"), lib.resolve("sourceless.pyc"));
        Files.copy(lib.resolve("__pycache__/top." + tag + ".pyc"), lib.resolve("__pycache__/gone." + tag + ".pyc"));
    }

    private void compile() throws IOException, InterruptedException {
        Shell.run("/usr/bin/python3", "-m", "compileall", "-q", lib);
    }

    @Test
    void afterACleanTheModulesOfTheProfileLoadAndOthersAreCompiled() throws Exception {
        assertThat(loaded()).containsExactly("pkg", "pkg.a", "pkg.sub", "pkg.sub.b", "top");
        Set<String> before = pycs();
        Path profile = profile("\ufeffpkg\r\n\n# what the program imports\n  pkg.sub.b  # the last\n");

        assertThat(run("clean", "--dry-run", "--only", profile, lib).out())
                .startsWith("7 seen; would be removed: 3 files, ")
                .contains("(3 not-in-profile)");
        CommandLineRun run = run("clean", "--only", profile, lib);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("7 seen; removed: 3 files, ").contains("(3 not-in-profile)");
        assertThat(pycs())
                .containsExactlyInAnyOrder(
                        "pkg/__pycache__/__init__." + tag + ".pyc",
                        "pkg/sub/__pycache__/b." + tag + ".pyc",
                        "__pycache__/gone." + tag + ".pyc",
                        "sourceless.pyc");
        assertThat(loaded()).containsExactly("pkg", "pkg.sub.b");

        assertThat(run("undo", lib).code()).isZero();
        assertThat(pycs()).isEqualTo(before);
        assertThat(loaded()).hasSize(5);
    }

    @Test
    void otherOptionsSelectFilesInAddition() throws Exception {
        CommandLineRun run = run("clean", "--orphans", "--only", profile("top\n"), lib);

        assertThat(run.out()).contains("(1 orphaned, 4 not-in-profile)");
        assertThat(pycs()).containsExactlyInAnyOrder("__pycache__/top." + tag + ".pyc", "sourceless.pyc");
    }

    /** A module has one name for each given entry that contains its file. */
    @Test
    void nestedEntriesGiveAModuleSeveralNames() throws Exception {
        Set<String> before = pycs();

        run("clean", "--only", profile("a\npkg\npkg.sub\nsub.b\ntop\n"), lib, lib.resolve("pkg"));

        assertThat(pycs()).isEqualTo(before);
        assertThat(run("clean", "--only", profile("a\n"), lib).out()).contains("removed: 5 files");
    }

    @Test
    void aRepairChangesAndMakesOnlyTheModulesOfTheProfile() throws Exception {
        Files.delete(lib.resolve("pkg/sub/__pycache__/b." + tag + ".pyc"));
        Files.delete(lib.resolve("pkg/sub/__pycache__/__init__." + tag + ".pyc"));
        byte[] other = Files.readAllBytes(lib.resolve("pkg/__pycache__/__init__." + tag + ".pyc"));
        Object[] words = {
            "repair", "--to", "checked-hash", "--expect", tag, "--only", profile("top\npkg.sub.b\n"), lib, "--dry-run"
        };

        String predicted = run(words).out();
        words[8] = "--format=json";
        String done = run(words).out();

        assertThat(predicted).contains("would be recompiled: 1").contains("3 not-in-profile");
        assertThat(done).contains("\"recompiled\":1").contains("\"not-in-profile\":3");
        assertThat(lib.resolve("pkg/sub/__pycache__/b." + tag + ".pyc")).exists();
        assertThat(lib.resolve("pkg/sub/__pycache__/__init__." + tag + ".pyc")).doesNotExist();
        assertThat(Files.readAllBytes(lib.resolve("pkg/__pycache__/__init__." + tag + ".pyc")))
                .isEqualTo(other);
        assertThat(Files.readAllBytes(lib.resolve("__pycache__/top." + tag + ".pyc"))[4])
                .isEqualTo((byte) 3);
    }

    @Test
    void anInvalidProfileIsReportedWithItsLine() throws Exception {
        Path bad = profile("top\n\npkg/a.py\n");

        assertThat(run("clean", "--only", bad, lib).complaint(2))
                .isEqualTo("freshpyc: --only: " + bad + ":3: 'pkg/a.py' is not the dotted name of a module\n");
        for (String name :
                List.of(".a", "a.", "a..b", "a b", "a\tb", "\"a b", "\"a\" b", "\"\"", "\"a\tb\"", "\"a/b\"")) {
            assertThat(run("repair", "--only", profile(name + "\n"), lib).complaint(2))
                    .contains(":1: ");
        }
        assertThat(run("clean", "--only", profile("# nothing\n"), lib).complaint(2))
                .contains("lists no module");
        assertThat(run("clean", "--only", profile("a".repeat(5000)), lib).complaint(2))
                .contains(":1: the line is longer than 4096 characters");
        assertThat(run("clean", "--only", directory.resolve("absent"), lib).complaint(2))
                .contains("absent: cannot be read");
        Files.write(bad, new byte[] {'a', (byte) 0xff, '\n'});
        assertThat(run("clean", "--only", bad, lib).complaint(2)).contains("is not UTF-8");
        assertThat(pycs()).hasSize(7);
    }

    private List<String> loaded() throws IOException, InterruptedException {
        return List.of(
                Shell.run("/usr/bin/python3", "-B", "-c", LOADED, lib, "top", "pkg", "pkg.a", "pkg.sub", "pkg.sub.b")
                        .strip()
                        .split(" "));
    }

    private Path profile(String text) throws IOException {
        return Files.writeString(directory.resolve("profile"), text, StandardCharsets.UTF_8);
    }

    private Set<String> pycs() throws IOException {
        try (Stream<Path> files = Files.walk(lib)) {
            return files.map(file -> lib.relativize(file).toString())
                    .filter(name -> name.endsWith(".pyc"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private CommandLineRun run(Object... words) {
        return CommandLineRun.of(words, "--index", directory.resolve("index"));
    }
}
