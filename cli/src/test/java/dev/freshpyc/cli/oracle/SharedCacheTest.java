package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two sources that share one bytecode file by symbolic links inside the tree. A repair must not let one of them run the
 * code of the other, so it leaves both, and the interpreter compiles as before.
 */
@EnabledOnOs(OS.LINUX)
class SharedCacheTest {

    private static final String NAME = "m.cpython-312.pyc";

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private Path a = Path.of("");
    private Path b = Path.of("");
    private final Interpreter python = Interpreters.required("cpython 3.12");

    /** What is shared, and how. */
    enum Sharing {
        A_DIRECTORY_OF_NEITHER,
        THE_DIRECTORY_OF_A,
        THE_FILE_OF_A;

        void make(Path a, Path b) throws IOException {
            switch (this) {
                case A_DIRECTORY_OF_NEITHER -> {
                    Files.createDirectory(a.resolveSibling("shared"));
                    Files.createSymbolicLink(a.resolve("__pycache__"), Path.of("../shared"));
                    Files.createSymbolicLink(b.resolve("__pycache__"), Path.of("../shared"));
                }
                case THE_DIRECTORY_OF_A -> {
                    Files.createDirectory(a.resolve("__pycache__"));
                    Files.createSymbolicLink(b.resolve("__pycache__"), Path.of("../a/__pycache__"));
                }
                case THE_FILE_OF_A -> {
                    Files.createDirectory(b.resolve("__pycache__"));
                    Files.createSymbolicLink(
                            b.resolve("__pycache__").resolve(NAME), Path.of("../../a/__pycache__/" + NAME));
                }
            }
        }
    }

    @BeforeEach
    void makeSources() throws IOException {
        lib = Files.createDirectory(directory.toRealPath().resolve("lib"));
        a = Files.createDirectory(lib.resolve("a"));
        b = Files.createDirectory(lib.resolve("b"));
        source(a, "one", 1_600_000_000_000L);
        source(b, "two", 1_700_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void pycsThatTwoSourcesShareAreLeft(Sharing sharing) throws Exception {
        sharing.make(a, b);
        compile(a);
        byte[] before = Files.readAllBytes(a.resolve("__pycache__").resolve(NAME));
        CommandLineRun predicted = repair("--dry-run", lib);

        CommandLineRun run = repair(lib);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("2 symbolic-link", "links make it the pyc of two sources");
        assertThat(predicted.out()).contains("2 symbolic-link");
        assertThat(Files.readAllBytes(a.resolve("__pycache__").resolve(NAME))).isEqualTo(before);
        assertThat(imported(a)).containsExactly("VALUE m one");
        assertThat(imported(b)).containsExactly("VALUE m two");
    }

    /** The first of two sources would fill the place for both. */
    @ParameterizedTest
    @EnumSource(
            value = Sharing.class,
            names = {"A_DIRECTORY_OF_NEITHER", "THE_DIRECTORY_OF_A"})
    void noPycIsMadeInASharedPlace(Sharing sharing) throws Exception {
        sharing.make(a, b);

        assertThat(repair("--expect", "cpython-312", lib).out()).contains("2 symbolic-link");

        assertThat(a.resolve("__pycache__").resolve(NAME)).doesNotExist();
        assertThat(imported(b)).containsExactly("VALUE m two");
    }

    /** The pyc is as wanted for the first source, and the second would overwrite it. */
    @ParameterizedTest
    @ValueSource(strings = {"A_DIRECTORY_OF_NEITHER", "THE_DIRECTORY_OF_A"})
    void aPycThatIsAsWantedForOneSourceIsNotWrittenForTheOther(Sharing sharing) throws Exception {
        compile(a);
        Path other = Files.move(b, directory.resolve("b"));
        assertThat(repair("--to", "timestamp", lib).code()).isZero();
        Files.move(other, b);
        byte[] wanted = Files.readAllBytes(a.resolve("__pycache__").resolve(NAME));
        Trees.delete(a.resolve("__pycache__"));
        sharing.make(a, b);
        Files.write(a.resolve("__pycache__").resolve(NAME), wanted);

        assertThat(repair("--to", "timestamp", lib).out()).contains("1 symbolic-link");

        assertThat(Files.readAllBytes(a.resolve("__pycache__").resolve(NAME))).isEqualTo(wanted);
    }

    /** Two names of one directory are no two sources. */
    @Test
    void aPackageWithTwoNamesIsRepaired() throws Exception {
        Files.createSymbolicLink(lib.resolve("c"), Path.of("a"));
        compile(a);

        CommandLineRun run = repair(lib);

        assertThat(run.out()).doesNotContain("two sources");
        assertThat(imported(a)).containsExactly("VALUE m one");
    }

    private static void source(Path of, String value, long mtime) throws IOException {
        Files.writeString(of.resolve("m.py"), "VALUE = '" + value + "'\n");
        Files.setLastModifiedTime(of.resolve("m.py"), FileTime.fromMillis(mtime));
    }

    private void compile(Path of) {
        python.launcher().run("modules.py", List.of(), List.of("compile", of.toString()));
    }

    private List<String> imported(Path from) {
        return python.launcher().run("modules.py", List.of(), List.of("import", from.toString()));
    }

    private CommandLineRun repair(Object... words) {
        List<Object> all = new ArrayList<>(List.of("repair", "--index", directory.resolve("index")));
        if (!List.of(words).contains("--to")) {
            all.addAll(List.of("--to", "unchecked-hash"));
        }
        all.addAll(List.of("--python", python.executable()));
        all.addAll(List.of(words));
        return CommandLineRun.of(all.toArray());
    }
}
