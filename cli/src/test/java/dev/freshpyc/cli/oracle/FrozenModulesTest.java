package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.image.SavedImage;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.FrozenModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The audit reports bytecode as shadowed if the interpreter has the module frozen into its program. The audit knows
 * this from the interpreter or, without an interpreter, from a table.
 */
class FrozenModulesTest {

    private static final String SHADOWED = "\"verdict\":\"shadowed\",\"interpreter\":\"ignores\",\"reason\":\"frozen\"";

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theTableOfFrozenModulesAgreesWithEveryRelease() {
        return releases()
                .map(python -> DynamicTest.dynamicTest(python.toString(), () -> {
                    List<String> answer = python.launcher().run("finder.py", List.of(), List.of("frozen", "-"));
                    Path library = Path.of(answer.getFirst());

                    assertThat(new TreeSet<>(answer.subList(1, answer.size())))
                            .isEqualTo(FrozenModules.NAMES.stream()
                                    .map(RawPath::toPython)
                                    .filter(name -> Files.exists(library.resolve(name + ".py")))
                                    .collect(Collectors.toCollection(TreeSet::new)))
                            .contains("os", "importlib/util");
                }));
    }

    /**
     * An interpreter that runs with {@code -X frozen_modules=off} reads the bytecode, and an audit that asks this
     * interpreter says so.
     */
    @TestFactory
    Stream<DynamicTest> theAuditFollowsTheOptionOfTheInterpreter() {
        return releases()
                .flatMap(python -> Stream.of("on", "off")
                        .map(frozen -> DynamicTest.dynamicTest(python + ", " + frozen, () -> check(python, frozen))));
    }

    private void check(Interpreter python, String frozen) throws IOException {
        Path entry = Files.createTempDirectory(scratch, "entry").toRealPath();
        write(python.tag(), python.magicNumber(), entry, "runpy");
        List<String> options = List.of("-X", "frozen_modules=" + frozen);
        String found = python.launcher()
                .run("finder.py", options, List.of("meta", entry.toString(), "runpy"))
                .getFirst();
        Path wrapper = python.launcher().wrapper(scratch, entry.toString(), options);

        CommandLineRun audit =
                CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", "--python", wrapper, entry);

        assertThat(found)
                .isEqualTo(
                        frozen.equals("on")
                                ? "frozen"
                                : entry.resolve("runpy.py").toString());
        assertThat(audit.out().contains(SHADOWED)).as(audit.out()).isEqualTo(frozen.equals("on"));
    }

    @Test
    void withoutAnInterpreterTheFrozenStandardLibraryIsShadowed() throws IOException {
        Path root = scratch.toRealPath().resolve("image");
        Path library = root.resolve("usr/lib/python3.12");
        for (String name : List.of("os", "importlib/util", "importlib/_bootstrap_external", "json")) {
            write("cpython-312", 3531, library, name);
        }
        write("cpython-310", 3439, library, "os");
        Path other = library.resolve("site-packages");
        write("cpython-312", 3531, other, "os");

        Path image = new SavedImage()
                .add(new LayerBuilder().tree("", 1_600_000_000, root))
                .save(scratch.resolve("image.tar"));
        for (List<Object> words : List.of(
                List.<Object>of(library, other),
                List.<Object>of("--root", root, "/usr/lib/python3.12", "/usr/lib/python3.12/site-packages"),
                List.<Object>of("--image", image, "/usr/lib/python3.12", "/usr/lib/python3.12/site-packages"))) {
            CommandLineRun audit = CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", words);
            assertThat(audit.lines().stream()
                            .filter(line -> line.contains(SHADOWED))
                            .map(line -> line.replaceAll(".*\"pyc\":\"([^\"]*)\",\"entry\":\"([^\"]*)\".*", "$1 $2")
                                    .replaceAll(" .*python3.12", " ")))
                    .containsExactly(
                            "__pycache__/os.cpython-312.pyc ",
                            "importlib/__pycache__/_bootstrap_external.cpython-312.pyc ",
                            "importlib/__pycache__/util.cpython-312.pyc ");
        }
        for (List<Object> words : List.of(List.<Object>of("--root", root), List.<Object>of("--image", image))) {
            assertThat(CommandLineRun.of("explain", "--no-index", words, "/usr/lib/python3.12/os.py")
                            .out())
                    .contains(
                            "imports   of CPython 3.11 and later find the module in the interpreter itself, unless -X frozen_modules=off",
                            "verdict   shadowed (frozen)",
                            "never reads it: it has the module frozen into its program; with -X frozen_modules=off, it reads",
                            "verdict   stale (mtime)"); // on the bytecode of 3.10
        }
    }

    @Test
    void anInterpreterDoesNotCompileTheSourceOfAFrozenModule() throws IOException {
        Path library = scratch.toRealPath();
        for (String name : List.of("os", "json", "importlib/_bootstrap_external")) {
            Path source = library.resolve(name + ".py");
            Files.createDirectories(source.resolveSibling(""));
            Files.writeString(source, "");
        }

        assertThat(CommandLineRun.of("explain", "--no-index", library.resolve("os.py"))
                        .out())
                .contains("bytecode  none: interpreters before CPython 3.11 compile the source at every start");
        assertThat(CommandLineRun.of("explain", "--no-index", library.resolve("json.py"))
                        .out())
                .contains("bytecode  none: every interpreter compiles the source at every start")
                .doesNotContain("imports");
    }

    private static Stream<Interpreter> releases() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion().stream()
                .filter(python -> python.minorVersion().matches("cpython 3\\.(1[1-9]|[2-9]\\d)"))
                .toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream();
    }

    /** Writes an empty source and a pyc whose mtime is not that of the source. */
    private static void write(String tag, int magic, Path entry, String name) throws IOException {
        Path source = entry.resolve(name + ".py");
        Path cache = Files.createDirectories(source.resolveSibling("__pycache__"));
        Files.writeString(source, "");
        byte[] header = new byte[16];
        header[0] = (byte) magic;
        header[1] = (byte) (magic >> 8);
        header[2] = '\r';
        header[3] = '\n';
        Files.write(cache.resolve(source.getFileName().toString().replace(".py", "." + tag + ".pyc")), header);
    }
}
