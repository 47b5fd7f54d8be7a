package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Repairs of files behind symbolic links. A file behind a link that stays inside the tree or the root is repaired, and
 * a real interpreter loads it. A file behind a link that leads outside is left, and the report names the link and its
 * target.
 */
@EnabledOnOs(OS.LINUX)
class LinkRepairTest {

    private static final String PYC = "__pycache__/m.cpython-311.pyc";

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private final Interpreter python = Interpreters.required("cpython 3.11");

    /** The file or directory of a module that is a symbolic link. */
    enum Link {
        SOURCE,
        PYC,
        CACHE,
        PACKAGE;

        /** Makes a module {@code m} in {@code pkg}. The link leads to a place below {@code there}. */
        void make(Path pkg, Path there, boolean relative) throws IOException {
            Files.createDirectories(there);
            switch (this) {
                case SOURCE -> {
                    Files.createDirectories(pkg.resolve("__pycache__"));
                    source(there.resolve("real.txt"));
                    link(pkg.resolve("m.py"), there.resolve("real.txt"), relative);
                }
                case PYC -> {
                    Files.createDirectories(pkg.resolve("__pycache__"));
                    source(pkg.resolve("m.py"));
                    Files.createFile(there.resolve("real.bin"));
                    link(pkg.resolve(LinkRepairTest.PYC), there.resolve("real.bin"), relative);
                }
                case CACHE -> {
                    Files.createDirectories(pkg);
                    source(pkg.resolve("m.py"));
                    link(pkg.resolve("__pycache__"), there, relative);
                }
                case PACKAGE -> {
                    Files.createDirectories(there.resolve("__pycache__"));
                    source(there.resolve("m.py"));
                    Files.createDirectories(pkg.resolveSibling(""));
                    link(pkg, there, relative);
                }
            }
        }

        private static void source(Path file) throws IOException {
            Files.writeString(file, "VALUE = 1\n");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));
        }

        private static void link(Path name, Path target, boolean relative) throws IOException {
            Files.createSymbolicLink(name, relative ? name.resolveSibling("").relativize(target) : target);
        }
    }

    /** The fault of the bytecode. */
    enum Fault {
        STALE,
        FATAL;

        void make(Path pyc, byte[] compiled) throws IOException {
            Files.write(pyc, this == FATAL ? Arrays.copyOf(compiled, 16) : withMtime(compiled, 1_500_000_000));
        }
    }

    static Stream<Arguments> all() {
        return Arrays.stream(Link.values())
                .flatMap(link -> Arrays.stream(Fault.values())
                        .flatMap(fault -> Stream.of("replace", "in-place")
                                .flatMap(write -> Stream.of(true, false)
                                        .map(relative -> Arguments.of(link, fault, write, relative)))));
    }

    @BeforeEach
    void makeLib() throws IOException {
        directory = directory.toRealPath();
        lib = Files.createDirectory(directory.resolve("lib"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void bytecodeBehindALinkInsideTheTreeIsRepairedAndUndone(Link link, Fault fault, String write, boolean relative)
            throws Exception {
        Path pkg = lib.resolve("pkg");
        link.make(pkg, lib.resolve("there"), relative);
        fault.make(pkg.resolve(PYC), compiled());
        Map<String, String> before = contents(lib);
        CommandLineRun predicted = repair("--dry-run", "--write", write, lib);

        CommandLineRun repaired = repair("--write", write, lib);

        assertThat(repaired.code()).as(repaired.out() + repaired.err()).isZero();
        assertThat(predicted.out())
                .containsPattern("(stamped|compiled|compared): 1")
                .doesNotContain("left:");
        Imports imports = Imports.of(python, pkg);
        assertThat(imports.compiled()).isEmpty();
        assertThat(imports.values()).containsEntry("m", "1");
        assertThat(repair("--check", lib).code()).isZero();
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), lib)
                        .code())
                .isZero();
        assertThat(contents(lib)).isEqualTo(before);
    }

    /**
     * When the interpreter compiles, it replaces a link by a file and keeps the target of the link. A repair does the
     * same.
     */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aRepairReplacesALinkByAFileAsTheInterpreterDoes(Fault fault) throws Exception {
        Path interpreterTree = Files.createDirectory(directory.resolve("theirs"));
        for (Path top : List.of(lib, interpreterTree)) {
            Link.PYC.make(top.resolve("pkg"), top.resolve("there"), true);
            Fault.STALE.make(top.resolve("pkg").resolve(PYC), compiled());
        }
        byte[] target = Files.readAllBytes(lib.resolve("there/real.bin"));
        python.launcher().run("modules.py", List.of(), List.of("run", interpreterTree.resolve("pkg") + ""));
        fault.make(lib.resolve("there/real.bin"), compiled());
        byte[] old = Files.readAllBytes(lib.resolve("there/real.bin"));

        assertThat(repair("--to", "timestamp", lib).code()).isZero();

        assertThat(lib.resolve("pkg").resolve(PYC)).isRegularFile();
        assertThat(Files.isSymbolicLink(lib.resolve("pkg").resolve(PYC)))
                .isEqualTo(Files.isSymbolicLink(interpreterTree.resolve("pkg").resolve(PYC)))
                .isFalse();
        assertThat(Files.readAllBytes(interpreterTree.resolve("there/real.bin")))
                .isEqualTo(target);
        assertThat(Files.readAllBytes(lib.resolve("there/real.bin"))).isEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void bytecodeBehindALinkThatLeadsOutsideIsLeftAndReported(Link link) throws Exception {
        Path outside = directory.resolve("outside");
        link.make(lib.resolve("pkg"), outside, false);
        Fault.STALE.make(lib.resolve("pkg").resolve(PYC), compiled());
        Map<String, String> before = contents(directory.resolve("lib"));
        Map<String, String> there = contents(outside);

        for (String option : List.of("--dry-run", "-v")) {
            CommandLineRun run = repair(option, lib);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("left: symbolic-link (pkg", " leads to " + outside, "restamped: 0");
        }
        assertThat(contents(lib)).isEqualTo(before);
        assertThat(contents(outside)).isEqualTo(there);
    }

    /** The interpreter compiles the source, and its new file replaces the link; no file is made where the link points. */
    @ParameterizedTest
    @CsvSource({
        "nowhere, dangling-link",
        "m.cpython-311.pyc, looping-link",
        "../m.py/none, dangling-link",
        "/nowhere/at/all, dangling-link",
        "../empty, directory-link",
        "/usr, directory-link"
    })
    void aLinkToNoFileIsReplacedByAFileAsTheInterpreterDoes(String target, String reason) throws Exception {
        Path interpreterTree = Files.createDirectory(directory.resolve("theirs"));
        for (Path top : List.of(lib, interpreterTree)) {
            Files.createDirectory(top.resolve("__pycache__"));
            Files.createDirectory(top.resolve("empty"));
            Link.source(top.resolve("m.py"));
            Files.createSymbolicLink(top.resolve(PYC), Path.of(target));
        }
        Map<String, String> before = contents(lib);
        python.launcher().run("modules.py", List.of(), List.of("run", interpreterTree + ""));
        assertThat(Files.isRegularFile(interpreterTree.resolve(PYC), LinkOption.NOFOLLOW_LINKS))
                .isTrue();

        assertThat(CommandLineRun.of("audit", "--no-index", "--format", "jsonl", lib)
                        .out())
                .contains("\"verdict\":\"malformed\",\"interpreter\":\"recompiles\",\"reason\":\"" + reason + "\"");
        assertThat(repair("--dry-run", lib).out()).contains("would be recompiled: 1");
        assertThat(repair(lib).out()).contains("recompiled: 1");

        assertThat(Files.isRegularFile(lib.resolve(PYC), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(Imports.of(python, lib).compiled()).isEmpty();
        assertThat(repair("--check", lib).code()).isZero();
        CommandLineRun.of("undo", "--index", directory.resolve("index"), lib);
        assertThat(contents(lib)).isEqualTo(before);
    }

    @Test
    void aLinkToNoFileInARootIsReplacedAndNothingOutsideIsTouched() throws Exception {
        Path image = Files.createDirectory(directory.resolve("image"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path pkg = Files.createDirectories(image.resolve("usr/lib"));
        Files.createDirectory(pkg.resolve("__pycache__"));
        Link.source(pkg.resolve("m.py"));
        Files.createFile(outside.resolve("there"));
        Files.createSymbolicLink(pkg.resolve(PYC), outside.resolve("there")); // absent in the image
        Map<String, String> there = contents(outside);

        CommandLineRun run = repair("--root", image, "/usr/lib");

        assertThat(run.out()).as(run.err()).contains("recompiled: 1");
        assertThat(Files.isRegularFile(pkg.resolve(PYC), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(contents(outside)).isEqualTo(there);
    }

    /** An example is {@code sitecustomize.py} of Debian, a link to a file in {@code /etc}. */
    @ParameterizedTest
    @EnumSource(Link.class)
    void bytecodeBehindALinkInsideTheRootIsRepaired(Link link) throws Exception {
        Path image = Files.createDirectory(directory.resolve("image"));
        Path pkg = image.resolve("usr/lib/pkg");
        link.make(pkg, image.resolve("etc/there"), true);
        Fault.STALE.make(pkg.resolve(PYC), compiled());
        Path changed = link == Link.SOURCE
                ? pkg.resolve("m.py")
                : link == Link.PYC ? pkg.resolve(PYC) : link == Link.CACHE ? pkg.resolve("__pycache__") : pkg;
        Path absolute = Path.of("/").resolve(image.relativize(changed.toRealPath()));
        Files.delete(changed);
        Files.createSymbolicLink(changed, absolute); // dangling on the host
        CommandLineRun predicted = repair("--root", image, "--dry-run", "/usr/lib");

        CommandLineRun repaired = repair("--root", image, "/usr/lib");

        assertThat(repaired.code()).as(repaired.out() + repaired.err()).isZero();
        assertThat(predicted.out())
                .containsPattern("(stamped|compiled|compared): 1")
                .doesNotContain("left:");
        assertThat(repaired.out()).containsPattern("(stamped|compiled|compared): 1");
        CommandLineRun audit =
                CommandLineRun.of("audit", "--no-index", "--fail-on", "any", "--root", image, "/usr/lib");
        assertThat(audit.code()).as(audit.out()).isZero();
        assertThat(audit.out()).contains("1 pyc: 1 fresh");
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), image)
                        .code())
                .isZero();
    }

    @Test
    void expectedBytecodeIsMadeForASourceBehindALink() throws Exception {
        Link.SOURCE.make(lib.resolve("pkg"), lib.resolve("there"), true);
        Link.PACKAGE.make(lib.resolve("alias"), lib.resolve("whole"), true);

        CommandLineRun run = repair("--expect", "cpython-311", lib);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(lib.resolve("pkg").resolve(PYC)).isRegularFile();
        assertThat(lib.resolve("whole").resolve(PYC)).isRegularFile();
        assertThat(Imports.of(python, lib.resolve("pkg")).compiled()).isEmpty();
    }

    private CommandLineRun repair(Object... words) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--python", python.executable(), words);
    }

    /** Bytecode that the interpreter compiled from the source of every test. */
    private byte[] compiled() throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Link.source(model.resolve("m.py"));
        python.launcher().run("modules.py", List.of(), List.of("compile", model.toString()));
        return Files.readAllBytes(model.resolve(PYC));
    }

    private static byte[] withMtime(byte[] pyc, int seconds) {
        byte[] changed = pyc.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(8, seconds);
        return changed;
    }

    /** All files below a directory, with the targets of links and the mtimes and bytes of files. */
    private static Map<String, String> contents(Path top) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.toList()) {
                String state = "directory";
                if (Files.isSymbolicLink(file)) {
                    state = "-> " + Files.readSymbolicLink(file);
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    state = Files.getLastModifiedTime(file) + Arrays.toString(Files.readAllBytes(file));
                }
                seen.put(top.relativize(file).toString(), state);
            }
        }
        return seen;
    }
}
