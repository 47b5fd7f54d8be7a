package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.CompiledFile;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A repair that writes its files in several batches has the same result as a repair that writes all files at once. */
@EnabledOnOs(OS.LINUX)
class BatchedRepairTest {

    private static final int DIRECTORIES = 9;
    private static final int FILES = 5;
    private static final int ALL = DIRECTORIES * FILES;
    private static final int BATCH = 7;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void allFilesAreRepairedAndAnUndoRestoresAll(WriteMode write) throws Exception {
        MatchingTree tree = tree("lib");
        Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());
        BatchedRepair repair = repair(tree, write, TargetMode.CHECKED_HASH, false);
        List<Outcome> planned = repair.planned();

        assertThat(repair.done()).isEqualTo(planned).hasSize(ALL);

        requireHashes(tree);
        Map<String, FileSnapshot> after = FileSnapshot.tree(tree.root());
        after.forEach((name, state) ->
                assertThat(state.metadata()).as(name).isEqualTo(before.get(name).metadata()));
        assertThat(CommandLineRun.of("audit", "--index", index(), "--fail-on", "any", tree.root())
                        .code())
                .isZero();
        requireUndone(tree, before);
    }

    @Test
    void theOutcomeOfAFileDoesNotDependOnTheBatches() throws Exception {
        MatchingTree tree = tree("lib");
        Files.writeString(tree.root().resolve("d3/m1.py"), "changed = 1\n");
        Files.createLink(directory.resolve("outside"), pyc(tree, 4, 2));

        List<Outcome> atOnce = new BatchedRepair(
                        tree.root(), index(), 1000, WriteMode.REPLACE, TargetMode.CHECKED_HASH, false)
                .planned();

        assertThat(repair(tree, WriteMode.REPLACE, TargetMode.CHECKED_HASH, false)
                        .planned())
                .isEqualTo(atOnce)
                .anyMatch(outcome -> outcome.effect() instanceof Outcome.Effect.Failed(var why, var _)
                        && why == SkipReason.LINKED_OUTSIDE);
    }

    /**
     * The hard links of a file lie in directories of different batches, and still lead to one file after the repair.
     */
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void hardLinksAcrossBatchesStay(WriteMode write) throws Exception {
        MatchingTree tree = tree("lib");
        for (int i = 0; i < FILES; i++) {
            link(tree, 0, 8, i);
        }
        link(tree, 1, 2, 0);
        Files.createLink(directory.resolve("outside"), pyc(tree, 1, 0));
        Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());
        BatchedRepair repair = repair(tree, write, TargetMode.CHECKED_HASH, false);
        List<Outcome> planned = repair.planned();

        RepairSummary summary = repair.run();

        assertThat(summary.restamped()).as(summary.unrepaired().toString()).isEqualTo(ALL - 2);
        assertThat(summary.unrepaired())
                .hasSize(2)
                .allMatch(file -> file.reason() == SkipReason.LINKED_OUTSIDE)
                .hasSize((int) planned.stream()
                        .filter(outcome -> outcome.effect() instanceof Outcome.Effect.Failed)
                        .count());
        for (int i = 0; i < FILES; i++) {
            assertThat(inode(pyc(tree, 8, i))).isEqualTo(inode(pyc(tree, 0, i)));
            assertThat(Files.readAllBytes(pyc(tree, 8, i))[4]).isEqualTo((byte) 3);
        }
        requireUndone(tree, before);
        assertThat(inode(pyc(tree, 8, 3))).isEqualTo(inode(pyc(tree, 0, 3)));
    }

    /** A repair sets the mtime of a source once all of its pycs are right, and keeps the mtime if a pyc is left. */
    @Test
    void aSourceGetsANewMtimeOnlyIfAllItsPycsAreRepaired() throws Exception {
        MatchingTree tree = tree("lib");
        link(tree, 0, 8, 1);
        Files.createLink(directory.resolve("outside"), pyc(tree, 4, 2));
        BatchedRepair repair = repair(tree, WriteMode.REPLACE, TargetMode.ZERO_MTIME, true);
        Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());

        RepairSummary summary = repair.run();

        assertThat(summary.sourceTimes()).isEqualTo(ALL - 1);
        assertThat(mtime(tree, 0, 1)).isZero();
        assertThat(mtime(tree, 8, 1)).isZero();
        assertThat(mtime(tree, 4, 2)).isEqualTo(MatchingTree.MTIME);
        requireUndone(tree, before);
    }

    /**
     * When the disk is full, the run reports the problem and the finished batches stay. An undo reverts them, and
     * another run repairs all files.
     */
    @Test
    void aFullDiskEndsTheRunBetweenTwoBatches() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 << 20)) {
            MatchingTree tree = tree("mounted/lib");
            Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());
            AtomicInteger done = new AtomicInteger();

            RepairSummary summary = repair(tree, WriteMode.REPLACE, TargetMode.CHECKED_HASH, false)
                    .run(_ -> {
                        if (done.incrementAndGet() == BATCH + 1) {
                            fill(mount);
                        }
                    });

            assertThat(summary.problems()).singleElement().asString().contains("only part of the tree", "ENOSPC");
            assertThat(summary.restamped()).isBetween(1L, ALL - 1L);
            mount.empty();
            assertThat(FileSnapshot.tree(tree.root()).keySet()).isEqualTo(before.keySet());
            requireUndone(tree, before);
            repair(tree, WriteMode.REPLACE, TargetMode.CHECKED_HASH, false).run();
            requireHashes(tree);
        }
    }

    /**
     * The run is killed after the first batch, within a batch and at its end. Every file is complete, and an undo
     * reverts the work or another run completes it.
     */
    @ParameterizedTest
    @CsvSource({"1,REPLACE", "7,REPLACE", "8,REPLACE", "20,REPLACE", "44,REPLACE", "8,IN_PLACE", "21,IN_PLACE"})
    void aKilledRunCanBeUndoneOrCompleted(int files, WriteMode write) throws Exception {
        MatchingTree tree = tree("lib");
        Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());
        BatchedRepair repair = repair(tree, write, TargetMode.CHECKED_HASH, false);

        assertThat(repair.isKilledAfter(files)).isTrue();
        requireWhole(tree, before);
        requireUndone(tree, files(before)); // the cleanup changes the mtimes of directories

        assertThat(repair.isKilledAfter(files)).isTrue();
        repair.run();
        requireHashes(tree);
        assertThat(FileSnapshot.tree(tree.root()).keySet()).isEqualTo(before.keySet());
    }

    /** A run that runs out of memory leaves its new files to the next command, which finds them in the journal. */
    @Test
    void aFullHeapLeavesAJournalThatCanBeUndone() throws Exception {
        MatchingTree tree = tree("lib");
        Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> repair(tree, WriteMode.REPLACE, TargetMode.CHECKED_HASH, false)
                        .run(_ -> {
                            if (done.incrementAndGet() == BATCH + 2) {
                                throw new OutOfMemoryError("of the test");
                            }
                        }))
                .isInstanceOf(OutOfMemoryError.class);

        requireWhole(tree, before);
        requireUndone(tree, files(before));
    }

    private static void fill(Mount mount) {
        try {
            mount.fill(0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private MatchingTree tree(String name) throws IOException {
        MatchingTree tree = new MatchingTree(directory.resolve(name));
        for (int i = 0; i < ALL; i++) {
            tree.pair("d" + i / FILES + "/m" + i % FILES);
        }
        return tree;
    }

    private BatchedRepair repair(MatchingTree tree, WriteMode write, TargetMode mode, boolean sourceTimes) {
        return new BatchedRepair(tree.root(), index(), BATCH, write, mode, sourceTimes);
    }

    /**
     * Replaces the pyc in directory {@code to} by a hard link to the pyc in directory {@code from}. Both sources get
     * the same content.
     */
    private static void link(MatchingTree tree, int from, int to, int file) throws IOException {
        Path source = source(tree, to, file);
        Files.copy(source(tree, from, file), source, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(source, FileTime.from(MatchingTree.MTIME, TimeUnit.SECONDS));
        Files.delete(pyc(tree, to, file));
        CompiledFile.write(
                source, pyc(tree, from, file), Files.readAllBytes(pyc(tree, from, file))); // is born after both sources
        Files.setLastModifiedTime(pyc(tree, from, file), FileTime.from(MatchingTree.COMPILED));
        Files.createLink(pyc(tree, to, file), pyc(tree, from, file));
    }

    private static String name(int directory, int file) {
        return "d" + directory + "/__pycache__/m" + file + ".cpython-311.pyc";
    }

    private static Path pyc(MatchingTree tree, int directory, int file) {
        return tree.root().resolve(name(directory, file));
    }

    private static Path source(MatchingTree tree, int directory, int file) {
        return tree.root().resolve("d" + directory + "/m" + file + ".py");
    }

    private static long mtime(MatchingTree tree, int directory, int file) throws IOException {
        return Files.getLastModifiedTime(source(tree, directory, file)).to(TimeUnit.SECONDS);
    }

    private static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private Path index() {
        return directory.resolve("index");
    }

    private static void requireHashes(MatchingTree tree) throws IOException {
        for (String pyc : tree.pycs()) {
            assertThat(Files.readAllBytes(tree.root().resolve(pyc))[4]).as(pyc).isEqualTo((byte) 3);
        }
    }

    private static void requireWhole(MatchingTree tree, Map<String, FileSnapshot> before) throws IOException {
        for (String pyc : tree.pycs()) {
            byte[] now = Files.readAllBytes(tree.root().resolve(pyc));
            assertThat(tree.isWhole(pyc, now, before.get(pyc).bytes())).as(pyc).isTrue();
        }
    }

    private static Map<String, FileSnapshot> files(Map<String, FileSnapshot> all) {
        Map<String, FileSnapshot> files = new TreeMap<>(all);
        files.keySet().removeIf(name -> !name.contains("."));
        return files;
    }

    private void requireUndone(MatchingTree tree, Map<String, FileSnapshot> before) throws IOException {
        CommandLineRun undo = CommandLineRun.of("undo", "--index", index(), tree.root());
        assertThat(undo.code()).as(undo.out() + undo.err()).isZero();
        Map<String, FileSnapshot> now = FileSnapshot.tree(tree.root());
        now.keySet()
                .removeIf(name -> !before.containsKey(name)
                        && Files.isDirectory(tree.root().resolve(name)));
        Map<String, String> contents = new TreeMap<>();
        Map<String, String> then = new TreeMap<>();
        now.forEach((name, state) -> contents.put(name, state.metadata() + state.content()));
        before.forEach((name, state) -> then.put(name, state.metadata() + state.content()));
        assertThat(contents).isEqualTo(then);
    }
}
