package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repairs without disk space for the new files, the journal or the index, and on read-only file systems. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final int FILES = 12;
    private static final int MIB = 1 << 20;

    /** A pyc of a {@link MatchingTree} takes as many blocks of 4 KiB. */
    private static final int BLOCKS_OF_A_PYC = 1;

    /** The magic number of CPython 3.11. */
    private static final int MAGIC = 3495;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,1", "tmpfs,6", "tmpfs,11", "ext4,0", "ext4,1", "ext4,6", "ext4,11"})
    void aHeaderRepairThatDoesNotFitLeavesTheTreeUnchanged(String type, int room) throws Exception {
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(room);
            Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

            CommandLineRun run = tree.repair(directory.resolve("index"));

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
            assertThat(journals(directory.resolve("index"))).isZero();
        }
    }

    /**
     * A recompilation without enough space also changes nothing. Once there is space, the next run repairs every file
     * and leaves no other files.
     */
    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,1", "tmpfs,6", "tmpfs,11", "ext4,0", "ext4,1", "ext4,6", "ext4,11"})
    void aRecompilationThatDoesNotFitLeavesTheTreeUnchanged(String type, int room) throws Exception {
        String python = python();
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            for (String pyc : names(tree)) {
                tree.compiled(pyc, Pairs.header(MAGIC, 0, MatchingTree.MTIME - 9, 1));
            }
            mount.fill(room);
            Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());
            Path index = directory.resolve("index");

            CommandLineRun run = tree.repair(index, "--python", python);

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
            assertThat(journals(index)).isZero();

            mount.empty();
            CommandLineRun next = tree.repair(index, "--python", python);
            assertThat(next.code()).as(next.err()).isZero();
            assertThat(next.out()).contains("recompiled: " + FILES);
            requireHashes(tree);
            assertThat(FileSnapshot.files(tree.root()).keySet()).isEqualTo(before.keySet());
        }
    }

    /**
     * A repair makes missing files with their directories. If the files do not fit, the repair leaves no empty
     * directory.
     */
    @ParameterizedTest
    @CsvSource({"tmpfs,0", "tmpfs,2", "tmpfs,6", "ext4,0", "ext4,2", "ext4,6"})
    void missingFilesThatDoNotFitAreNotMade(String type, int room) throws Exception {
        String[] words = {"--python", python(), "--expect", "cpython-311"};
        try (Mount mount = Mount.of(type, directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            Set<String> all = FileSnapshot.files(tree.root()).keySet();
            for (String pyc : names(tree)) {
                Files.delete(tree.root().resolve(pyc));
            }
            Files.delete(tree.root().resolve("pkg0/__pycache__"));
            mount.fill(room);
            Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());
            Path index = directory.resolve("index");

            CommandLineRun run = tree.repair(index, words);

            assertThat(run.complaint(3)).contains("nothing was repaired", "ENOSPC");
            assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
            assertThat(tree.root().resolve("pkg0/__pycache__")).doesNotExist();
            assertThat(journals(index)).isZero();

            mount.empty();
            assertThat(tree.repair(index, words).code()).isZero();
            requireHashes(tree);
            assertThat(FileSnapshot.files(tree.root()).keySet()).isEqualTo(all);
        }
    }

    @Test
    void aRepairThatFitsIsDone() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(FILES);

            assertThat(tree.repair(directory.resolve("index")).code()).isZero();
            requireHashes(tree);
        }
    }

    /** Without a journal a repair could not be undone, so it writes nothing. */
    @Test
    void withoutSpaceForTheJournalTheTreeIsUnchanged() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            assertThat(CommandLineRun.of("refresh", "--index", index, tree.root())
                            .code())
                    .isZero();
            mount.fill(0);
            Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

            CommandLineRun run = tree.repair(index);

            assertThat(run.complaint(3))
                    .contains(
                            "nothing was repaired",
                            index.resolve("undo").toRealPath() + ": No space left on device",
                            "make room there, or choose another directory with --index");
            assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
            assertThat(journals(index)).isZero();
        }
    }

    /** The copies of a snapshot lie beside the index: the message says that the room is missing there, and not in the tree. */
    @Test
    void withoutSpaceForASnapshotTheMessageSaysWhere() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            CommandLineRun.of("refresh", "--index", index, "--max-size", "0", tree.root());
            mount.fill(3);

            CommandLineRun run = CommandLineRun.of("snapshot", "save", "a", "--index", index, tree.root());

            assertThat(run.complaint(3))
                    .contains(
                            "no snapshot was made: the file system of the indexes has no room for copies of 12 files",
                            "make room there, or choose another directory with --index");
        }
    }

    /** A refresh makes the first snapshot unasked, so it leaves a tenth of the free room to others. */
    @Test
    void theFirstSnapshotDoesNotFillTheDisk() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            CommandLineRun.of("refresh", "--index", index, "--max-size", "0", tree.root());
            int blocks = FILES * BLOCKS_OF_A_PYC;
            mount.fill(blocks + 1);

            CommandLineRun refused = CommandLineRun.of("refresh", "--index", index, tree.root());
            assertThat(refused.code()).isZero();
            assertThat(refused.err()).contains("no snapshot postinit", "which take " + blocks * 4096 + " bytes");

            mount.empty();
            mount.fill(2 * blocks);
            CommandLineRun saved = CommandLineRun.of("refresh", "--index", index, tree.root());
            assertThat(saved.err()).isEmpty();
            assertThat(CommandLineRun.of("snapshot", "list", "--index", index, tree.root())
                            .out())
                    .contains("postinit");
        }
    }

    @Test
    void theFirstSnapshotDoesNotTakeTheLastInodes() throws Exception {
        try (Mount mount = Mount.of("ext4", directory, 8 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(Mount.INODES);
            Path index = Files.createDirectory(mount.place().resolve("index"));

            CommandLineRun run = CommandLineRun.of("refresh", "--index", index, tree.root());

            assertThat(run.code()).isZero();
            assertThat(run.err())
                    .contains(
                            "no room for copies of " + Mount.INODES + " files, which take " + Mount.INODES + " inodes");
        }
    }

    /** A snapshot shares most files with the snapshot before, so the room for the others is not known in advance. */
    @Test
    void aLaterSnapshotNamesTheCopyThatDoesNotFit() throws Exception {
        try (Mount mount = Mount.of("ext4", directory, 8 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(1);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            CommandLineRun.of("refresh", "--index", index, tree.root());
            tree.pairs(Mount.INODES);
            CommandLineRun.of("refresh", "--index", index, tree.root());

            CommandLineRun run = CommandLineRun.of("snapshot", "save", "a", "--index", index, tree.root());

            assertThat(run.complaint(3))
                    .contains(
                            "no snapshot was made: the file system of the indexes has no room for a copy of "
                                    + tree.root(),
                            "make room there, or choose another directory with --index");
        }
    }

    /** The files are repaired, but the index cannot be written: the output reports both. */
    @Test
    void withoutSpaceForTheIndexTheRepairIsDone() throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
            Path index = Files.createDirectory(mount.place().resolve("index"));
            CommandLineRun.of("refresh", "--index", index, tree.root());
            mount.fill(3); // room for the journal

            CommandLineRun run = tree.repair(index);

            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err()).doesNotContain("nothing was repaired").contains("index");
            assertThat(run.out()).contains("restamped: " + FILES);
            requireHashes(tree);
            CommandLineRun undo = CommandLineRun.of("undo", "--index", index, tree.root());
            assertThat(undo.code()).isEqualTo(3);
            assertThat(undo.err()).contains("the index could not be updated after the undo");
            assertThat(undo.out()).contains("" + FILES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void aReadOnlyTreeIsUnchanged(String write) throws Exception {
        try (Mount mount = Mount.of("tmpfs", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            mount.readOnly();
            Map<String, FileSnapshot> before = FileSnapshot.tree(tree.root());

            CommandLineRun run = tree.repair(directory.resolve("index"), "--write", write);

            assertThat(run.complaint(3)).contains("nothing was repaired", "EROFS");
            assertThat(FileSnapshot.tree(tree.root())).isEqualTo(before);
            assertThat(journals(directory.resolve("index"))).isZero();
        }
    }

    @Test
    void aRepairInPlaceNeedsNoSpace() throws Exception {
        try (Mount mount = Mount.of("ext4", directory, 4 * MIB)) {
            MatchingTree tree = new MatchingTree(mount.place().resolve("lib")).pairs(FILES);
            mount.fill(0);

            assertThat(tree.repair(directory.resolve("index"), "--write", "in-place")
                            .code())
                    .isZero();
            requireHashes(tree);
        }
    }

    private static String python() {
        return Interpreters.assumed("cpython 3.11").executable().toString();
    }

    private static List<String> names(MatchingTree tree) {
        List<String> names = new ArrayList<>();
        tree.pycs().forEach(names::add);
        return names;
    }

    private static long journals(Path index) throws IOException {
        try (var files = Files.list(index.resolve("undo"))) {
            return files.count();
        }
    }

    private static void requireHashes(MatchingTree tree) throws IOException {
        for (String pyc : tree.pycs()) {
            assertThat(Files.readAllBytes(tree.root().resolve(pyc))).startsWith(tree.hash(pyc));
        }
    }
}
