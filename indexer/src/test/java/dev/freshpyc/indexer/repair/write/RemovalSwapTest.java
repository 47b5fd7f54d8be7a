package dev.freshpyc.indexer.repair.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.CleanSummary;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.testing.TreeEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another process replaces a file or its directory during a clean: before the clean keeps the file for undo, or between
 * keeping and removal. The clean must not remove the replacement, and must touch nothing outside the tree.
 */
@EnabledOnOs(OS.LINUX)
class RemovalSwapTest {

    private static final Instant MTIME = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path directory;

    private Path lib = Path.of(".");
    private Path outside = Path.of(".");

    /** The file or directory that is replaced, and its replacement. */
    enum Swap {
        CACHE_BY_LINK_OUT,
        CACHE_BY_LINK_IN,
        PACKAGE_BY_LINK,
        CACHE_BY_ANOTHER,
        FILE_BY_LINK,
        FILE_BY_ANOTHER,
        FILE_BY_DIRECTORY
    }

    /**
     * The moment of the edit. A clean keeps {@code a}, keeps {@code b} and then removes both. The edit is made just
     * before the clean keeps the file with the given stem.
     */
    enum Moment {
        BEFORE_A_IS_KEPT("a"),
        BEFORE_A_IS_REMOVED("b");

        private final String stem;

        Moment(String stem) {
            this.stem = stem;
        }
    }

    static Stream<Arguments> all() {
        return Arrays.stream(Swap.values())
                .flatMap(swap -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(swap, moment)));
    }

    @BeforeEach
    void makeTrees() throws IOException {
        lib = Files.createDirectories(directory.resolve("lib")).toRealPath();
        outside = Files.createDirectories(directory.resolve("outside")).toRealPath();
        pair(lib, "pkg", "a");
        pair(lib, "twin", "a");
        pair(lib, "zother", "b");
        pair(outside, "pkg", "a");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aReplacedFileIsNotRemoved(Swap swap, Moment moment) throws Exception {
        Path pkg = lib.resolve("pkg");
        CleanSummary summary = clean(RemovalReason.LEVEL, moment, () -> replace(swap, pkg));

        assertThat(outside.resolve("pkg/__pycache__/a.cpython-311.pyc")).exists();
        assertThat(lib.resolve("twin/__pycache__/a.cpython-311.pyc")).exists();
        assertThat(pkg.resolve("__pycache__/a.cpython-311.pyc")).exists();
        assertThat(lib.resolve("zother/__pycache__/b.cpython-311.pyc")).doesNotExist();
        assertThat(summary.total().files()).isEqualTo(1);
        assertThat(summary.left()).hasSize(1);
        assertThat(summary.left().getFirst().reason()).isIn(SkipReason.CHANGING, SkipReason.REFUSED);
    }

    @Test
    void anOrphanWhoseSourceCameBackIsNotRemoved() throws Exception {
        Files.delete(lib.resolve("pkg/a.py"));
        Path source = lib.resolve("pkg/a.py");

        CleanSummary summary =
                clean(RemovalReason.ORPHANED, Moment.BEFORE_A_IS_REMOVED, () -> Files.writeString(source, "x = 1\n"));

        assertThat(lib.resolve("pkg/__pycache__/a.cpython-311.pyc")).exists();
        assertThat(summary.left()).hasSize(1);
        assertThat(summary.left().getFirst().detail()).isEqualTo("it has a source now");
    }

    private void replace(Swap swap, Path pkg) throws IOException {
        Path cache = pkg.resolve("__pycache__");
        Path pyc = cache.resolve("a.cpython-311.pyc");
        Path aside = directory.resolve("aside");
        switch (swap) {
            case CACHE_BY_LINK_OUT -> replaceByLink(cache, outside.resolve("pkg/__pycache__"));
            case CACHE_BY_LINK_IN -> replaceByLink(cache, Path.of("../twin/__pycache__"));
            case PACKAGE_BY_LINK -> replaceByLink(pkg, outside.resolve("pkg"));
            case CACHE_BY_ANOTHER -> {
                Files.move(cache, aside);
                Files.createDirectory(cache);
                write(pyc);
            }
            case FILE_BY_LINK -> replaceByLink(pyc, outside.resolve("pkg/__pycache__/a.cpython-311.pyc"));
            case FILE_BY_ANOTHER -> {
                write(pkg.resolve("new"));
                Files.move(pkg.resolve("new"), pyc, StandardCopyOption.REPLACE_EXISTING);
            }
            case FILE_BY_DIRECTORY -> {
                Files.delete(pyc);
                Files.createDirectory(pyc);
            }
        }
    }

    private void replaceByLink(Path name, Path target) throws IOException {
        Files.move(name, directory.resolve("aside"));
        Files.createSymbolicLink(name, target);
    }

    /** Removes the bytecode of {@code a} for {@code reason}, and also the bytecode of {@code b}. */
    private CleanSummary clean(RemovalReason reason, Moment moment, TreeEdit edit) throws IOException {
        PathEntry entry = new PathEntry.Directory(RawPath.of(lib.toString()), 0);
        List<Removal> removals =
                List.of(removal(entry, "pkg", "a", reason), removal(entry, "zother", "b", RemovalReason.LEVEL));
        OutcomeTally tally = OutcomeTally.counting();
        JournalDirectory journals = new JournalDirectory(directory.resolve("undo"));
        try (Journal journal = journals.createForClean(Instant.EPOCH);
                FileRemover remover = new FileRemover(
                        Optional.empty(),
                        journal,
                        tally,
                        place -> {
                            if (place.pyc().name().equals(RawPath.of(moment.stem + ".cpython-311.pyc"))) {
                                edit.runUnchecked();
                            }
                            return Optional.empty();
                        },
                        _ -> {},
                        _ -> false)) {
            remover.remove(removals);
        }
        return tally.cleanSummary();
    }

    private Removal removal(PathEntry entry, String pkg, String stem, RemovalReason reason) throws IOException {
        RawPath cache = RawPath.of(pkg + "/__pycache__");
        RawPath name = RawPath.of(stem + ".cpython-311.pyc");
        FilePlace place = new FilePlace(
                entry,
                cache.resolve(name),
                RawPath.of(pkg + "/" + stem + ".py"),
                "cpython-311",
                OptimizationLevel.NONE);
        try (TreeWriter files = HostFiles.newWriter();
                var parent = files.openRoot(
                        RawPath.of(lib.resolve(pkg + "/__pycache__").toString()))) {
            return new Removal(place, files.stat(parent, name).stamp(), reason);
        }
    }

    private static void pair(Path root, String pkg, String stem) throws IOException {
        Path cache = Files.createDirectories(root.resolve(pkg).resolve("__pycache__"));
        Files.writeString(root.resolve(pkg).resolve(stem + ".py"), "x = 1\n");
        write(cache.resolve(stem + ".cpython-311.pyc"));
    }

    private static void write(Path pyc) throws IOException {
        Files.writeString(pyc, "bytecode");
        assertThat(Files.isRegularFile(pyc, LinkOption.NOFOLLOW_LINKS)).isTrue();
        Files.setLastModifiedTime(pyc, FileTime.from(MTIME));
    }
}
