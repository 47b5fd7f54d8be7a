package dev.freshpyc.indexer.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.StagedRepair.Moment;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.testing.CompiledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another process replaces a file or directory of the tree while a repair runs. The repair must write nothing outside
 * the tree, must change no file that it has not read, and must report each file that it does not repair.
 */
@EnabledOnOs(OS.LINUX)
class SwapTest {

    private static final String SOURCE = "x = 1\n";
    private static final int MTIME = 1_700_000_000;

    @TempDir
    private Path directory;

    private Path lib = Path.of(".");
    private Path outside = Path.of(".");

    /** The file or directory that is replaced, and its replacement. */
    enum Swap {
        CACHE_BY_ABSOLUTE_LINK,
        CACHE_BY_DOTTED_LINK,
        PACKAGE_BY_LINK,
        CACHE_BY_ANOTHER,
        FILE_BY_LINK,
        FILE_BY_DOTTED_LINK,
        FILE_BY_FIFO,
        FILE_BY_DEVICE,
        FILE_BY_DIRECTORY,
        FILE_BY_ANOTHER,
        FILE_GONE,
        SOURCE_BY_LINK,
        SOURCE_CHANGED,
        SOURCE_GONE
    }

    static Stream<Arguments> all() {
        return Arrays.stream(Swap.values())
                .flatMap(swap -> Arrays.stream(Moment.values())
                        .flatMap(moment ->
                                Arrays.stream(WriteMode.values()).map(write -> Arguments.of(swap, moment, write))));
    }

    @BeforeEach
    void createTree() throws IOException {
        lib = Files.createDirectories(directory.resolve("lib").toAbsolutePath());
        outside = Files.createDirectories(directory.resolve("outside").toAbsolutePath());
        pair(lib.resolve("pkg"), "a");
        pair(lib.resolve("other"), "b");
        pair(outside.resolve("pkg"), "a");
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyFilesThatWereReadAreWritten(Swap swap, Moment moment, WriteMode write) throws Exception {
        Map<String, String> outsideBefore = contents(outside);
        RepairSummary summary = new StagedRepair(directory, write).run(moment, () -> replace(swap, lib.resolve("pkg")));

        assertThat(contents(outside)).isEqualTo(outsideBefore);
        assertThat(Files.readAllBytes(pyc(lib.resolve("other"), "b"))[4]).isEqualTo((byte) 3);
        if (Files.isRegularFile(pyc(lib.resolve("pkg"), "a"), LinkOption.NOFOLLOW_LINKS)
                && (moment != Moment.BEGINNING || swap == Swap.SOURCE_BY_LINK)) {
            assertThat(Files.readAllBytes(pyc(lib.resolve("pkg"), "a"))[4]).isZero();
        }
        if (moment != Moment.BEGINNING) {
            assertThat(summary.unrepaired()).hasSize(1);
            assertThat(summary.unrepaired().getFirst().reason())
                    .isIn(SkipReason.LINK, SkipReason.CHANGING, SkipReason.REFUSED);
        }
        if (swap != Swap.CACHE_BY_ANOTHER) {
            assertThat(contents(lib).keySet()).noneMatch(name -> name.endsWith(".freshpyc-new"));
        }
    }

    private void replace(Swap swap, Path pkg) throws IOException, InterruptedException {
        Path cache = pkg.resolve("__pycache__");
        Path pyc = pyc(pkg, "a");
        Path source = pkg.resolve("a.py");
        switch (swap) {
            case CACHE_BY_ABSOLUTE_LINK -> replaceByLink(cache, outside.resolve("pkg/__pycache__"));
            case CACHE_BY_DOTTED_LINK -> replaceByLink(cache, Path.of("../../outside/pkg/__pycache__"));
            case PACKAGE_BY_LINK -> replaceByLink(pkg, outside.resolve("pkg"));
            case CACHE_BY_ANOTHER -> {
                Files.move(cache, directory.resolve("moved"));
                Files.createDirectory(cache);
                writePyc(pyc);
            }
            case FILE_BY_LINK -> replaceByLink(pyc, pyc(outside.resolve("pkg"), "a"));
            case FILE_BY_DOTTED_LINK ->
                replaceByLink(
                        pyc,
                        Path.of(
                                "../../../outside/pkg/__pycache__",
                                pyc.getFileName().toString()));
            case FILE_BY_FIFO -> replaceBySpecialFile(pyc, "mkfifo", pyc.toString());
            case FILE_BY_DEVICE -> replaceBySpecialFile(pyc, "mknod", pyc.toString(), "c", "1", "3");
            case FILE_BY_DIRECTORY -> {
                Files.delete(pyc);
                Files.createDirectory(pyc);
            }
            case FILE_BY_ANOTHER -> {
                Files.delete(pyc);
                writePyc(pyc);
            }
            case FILE_GONE -> Files.delete(pyc);
            case SOURCE_BY_LINK -> replaceByLink(source, outside.resolve("pkg/a.py"));
            case SOURCE_CHANGED -> {
                Files.writeString(source, "x = 2\n");
                Files.setLastModifiedTime(source, FileTime.fromMillis(MTIME * 1000L));
            }
            case SOURCE_GONE -> Files.delete(source);
        }
    }

    /** Moves the old file out of the compared trees, and creates a link with its name. */
    private void replaceByLink(Path name, Path target) throws IOException {
        Files.move(name, directory.resolve("moved-" + name.getFileName()));
        Files.createSymbolicLink(name, target);
    }

    private static void replaceBySpecialFile(Path name, String... command) throws IOException, InterruptedException {
        Files.delete(name);
        int status = new ProcessBuilder(command).start().waitFor();
        assumeTrue(status == 0, "NOT RUN: " + command[0] + " failed");
    }

    private static Path pyc(Path pkg, String stem) {
        return pkg.resolve("__pycache__/" + stem + ".cpython-311.pyc");
    }

    private static void pair(Path pkg, String stem) throws IOException {
        Files.createDirectories(pkg.resolve("__pycache__"));
        Path source = Files.writeString(pkg.resolve(stem + ".py"), SOURCE);
        Files.setLastModifiedTime(source, FileTime.fromMillis(MTIME * 1000L));
        CompiledFile.write(source, pyc(pkg, stem), StagedRepair.bytecode(MTIME, SOURCE.length()));
    }

    private static void writePyc(Path pyc) throws IOException {
        Files.write(pyc, StagedRepair.bytecode(MTIME, SOURCE.length()));
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                seen.put(
                        root.relativize(file).toString(),
                        Files.readAttributes(file, "unix:ino,ctime,mode", LinkOption.NOFOLLOW_LINKS)
                                + (regular ? Arrays.toString(Files.readAllBytes(file)) : ""));
            }
        }
        return seen;
    }
}
