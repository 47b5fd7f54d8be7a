package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An undo restores the files that a clean removed, unless another file has the name or the source has changed since.
 */
@EnabledOnOs(OS.LINUX)
class CleanUndoTest {

    private static final String A = "pkg/__pycache__/a.cpython-311.pyc";
    private static final String A1 = "pkg/__pycache__/a.cpython-311.opt-1.pyc";
    private static final String C = "gone/__pycache__/c.cpython-311.pyc";

    @TempDir
    private Path directory;

    private MatchingTree tree = new MatchingTree(Path.of("."));
    private Map<String, Object> before = Map.of();

    /** {@code a} has bytecode of two levels, and {@code c} has no source. */
    @BeforeEach
    void makeTree() throws IOException {
        tree = new MatchingTree(directory.resolve("lib")).pair("pkg/a").pair("gone/c");
        tree.compiled(A1, tree.timestamp(A));
        Files.delete(at("gone/c.py"));
        before = state(tree.root());
    }

    @Test
    void anUndoRestoresBytesAndMetadataAndASecondUndoChangesNothing() throws IOException {
        Map<String, Long> inodes = inodes();
        Files.setPosixFilePermissions(at("gone/__pycache__"), PosixFilePermissions.fromString("rwxr-x--x"));
        before = state(tree.root());

        assertThat(clean("--orphans", "--levels=1").code()).isZero();
        assertThat(at(A1)).doesNotExist();
        assertThat(at("gone/__pycache__")).doesNotExist();

        CommandLineRun undo = undo();
        assertThat(undo.code()).as(undo.out() + undo.err()).isZero();
        assertThat(undo.err()).contains("undoing the clean of ");
        assertThat(undo.out()).startsWith("2 changed by the clean; put back: 2");
        assertThat(state(tree.root())).isEqualTo(before);
        assertThat(inodes()).isEqualTo(inodes);
        assertThat(Files.getAttribute(at(A1), "unix:nlink"))
                .as("no hard link stays beside the journal")
                .isEqualTo(1);

        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(state(tree.root())).isEqualTo(before);
    }

    /**
     * The journal is on another file system and holds a copy of the file. An undo restores owner, permissions,
     * attributes and mtime from the copy.
     */
    @Test
    void aFileOfAnotherFileSystemIsRestoredWithAllAttributes() throws Exception {
        Shell.requireRoot();
        Shell.require("setfattr", "getfattr", "setfacl");
        try (Mount mount = Mount.of("tmpfs", directory, 8 << 20)) {
            tree = new MatchingTree(mount.place().resolve("lib")).pair("pkg/a");
            tree.compiled(A1, tree.timestamp(A));
            Shell.run("chown", "1000:1000", at(A1));
            Shell.run("chmod", "2751", at(A1));
            Shell.run("setfattr", "-n", "trusted.note", "-v", "kept", at(A1));
            Shell.run("setfacl", "-m", "u:1234:r", at(A1));
            Shell.run("setfacl", "-d", "-m", "u:1234:rwx", at("pkg/__pycache__"));
            Map<String, Object> all = state(tree.root());
            Map<String, String> attributes = FileSnapshot.attributes(at(A1));

            CommandLineRun run = clean("--levels=1");
            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(at(A1)).doesNotExist();
            assertThat(undo().code()).isZero();

            assertThat(state(tree.root())).isEqualTo(all);
            assertThat(FileSnapshot.attributes(at(A1))).isEqualTo(attributes);
        }
    }

    @Test
    void aRemovedHardLinkIsRestoredAsALinkToTheSameFile() throws IOException {
        Path other = directory.resolve("other.pyc");
        Files.createLink(other, at(A1));

        assertThat(clean("--levels=1").code()).isZero();
        assertThat(other).exists();
        assertThat(undo().code()).isZero();

        assertThat(Files.isSameFile(other, at(A1))).isTrue();
        assertThat(Files.getAttribute(other, "unix:nlink")).isEqualTo(2);
    }

    /**
     * The clean selects both names of one file. The link that the journal keeps of the first name changes the ctime of
     * the second.
     */
    @Test
    void bothNamesOfOneFileAreRemovedAndRestored() throws IOException {
        Path second = at("pkg/__pycache__/a.cpython-311.opt-2.pyc");
        Files.createLink(second, at(A1));

        CommandLineRun run = clean("--levels=1,2");
        assertThat(run.out()).contains("removed: 2 files");
        assertThat(undo().code()).isZero();

        assertThat(Files.isSameFile(second, at(A1))).isTrue();
    }

    @Test
    void aFileIsNotRestoredOverAnotherFile() throws IOException {
        clean("--levels=1");
        Files.writeString(at(A1), "new");

        CommandLineRun undo = undo();

        assertThat(undo.code()).isEqualTo(1);
        assertThat(undo.out()).contains(A1 + "  left: changing (another file has the name now)");
        assertThat(at(A1)).hasContent("new");
        Files.delete(at(A1));
        assertThat(undo().code()).isZero();
        assertThat(state(tree.root())).isEqualTo(before);
    }

    /** Old bytecode could match a new source, and then old code would run. */
    @Test
    void aFileWhoseSourceChangedIsNotRestored() throws IOException {
        clean("--orphans", "--levels=1");
        Files.writeString(at("gone/c.py"), "x = 'gone/c'\n");
        Files.writeString(at("pkg/a.py"), "x = 'pkg/b'\n");
        Files.setLastModifiedTime(at("pkg/a.py"), FileTime.fromMillis(MatchingTree.MTIME * 1000L));

        CommandLineRun undo = undo();

        assertThat(undo.code()).isEqualTo(1);
        assertThat(undo.out()).contains("its source changed since the clean");
        assertThat(at(A1)).doesNotExist();
        assertThat(at(C)).doesNotExist();
    }

    @Test
    void anUndoOfOneFileRestoresOnlyThisFile() throws IOException {
        clean("--orphans", "--levels=1");

        CommandLineRun undo =
                CommandLineRun.of("undo", "--index", directory.resolve("index"), at("gone/__pycache__/" + name(C)));

        assertThat(undo.code()).as(undo.out() + undo.err()).isZero();
        assertThat(at(C)).exists();
        assertThat(at(A1)).doesNotExist();
    }

    @Test
    void theIndexForgetsARemovedFileAndKnowsARestoredOne() throws IOException {
        CommandLineRun.of("refresh", "--index", directory.resolve("index"), tree.root());
        SourceRecord known = record();
        assertThat(known.pycs()).hasSize(2);

        clean("--levels=1");
        assertThat(record().pycs()).hasSize(1);

        undo();
        assertThat(record().pycs()).hasSize(2);
        assertThat(record().pycs().stream().map(pyc -> pyc.body() + " " + pyc.verdict()))
                .isEqualTo(known.pycs().stream()
                        .map(pyc -> pyc.body() + " " + pyc.verdict())
                        .toList());
    }

    @Test
    void aDiscardDeletesTheJournalsAndTheirKeptFiles() throws IOException {
        clean("--orphans", "--levels=1");
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), "--discard")
                        .code())
                .isZero();
        try (Stream<Path> left = Files.list(directory.resolve("index/undo"))) {
            assertThat(left).isEmpty();
        }
    }

    /** Removed files count for the limit of {@code --keep}. */
    @Test
    void anOldJournalIsDeletedIfTheKeptFilesExceedTheLimit() throws IOException {
        clean("--orphans");
        clean("--keep=1000", "--levels=1");
        try (Stream<Path> journals = Files.list(directory.resolve("index/undo"))) {
            assertThat(journals.filter(file -> file.toString().endsWith(".journal")))
                    .hasSize(1);
        }
    }

    private SourceRecord record() throws IOException {
        ChronicleStore store = new ChronicleStore(directory.resolve("index"), StoreEvents.NONE);
        try (Generation generation =
                store.open(RawPath.of(tree.root().toRealPath().toString())).orElseThrow()) {
            return generation.get(RawPath.of("pkg/a.py")).orElseThrow();
        }
    }

    private CommandLineRun clean(String... options) {
        Object[] words = new Object[options.length + 4];
        words[0] = "clean";
        words[1] = "--index";
        words[2] = directory.resolve("index");
        words[3] = tree.root();
        System.arraycopy(options, 0, words, 4, options.length);
        return CommandLineRun.of(words);
    }

    private CommandLineRun undo() {
        return CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root());
    }

    private Path at(String name) {
        return tree.root().resolve(name);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The bytes and metadata of files, and the mode and owner of directories. Every change of a name sets the mtime and
     * may change the size of a directory.
     */
    private static Map<String, Object> state(Path root) throws IOException {
        Map<String, Object> state = new TreeMap<>();
        FileSnapshot.tree(root).forEach((name, file) -> {
            FileSnapshot.Metadata all = file.metadata();
            boolean regular = Files.isRegularFile(root.resolve(name));
            state.put(name, regular ? all + file.content() : all.mode() + " " + all.user() + " " + all.group());
        });
        return state;
    }

    private Map<String, Long> inodes() throws IOException {
        Map<String, Long> inodes = new TreeMap<>();
        FileSnapshot.files(tree.root())
                .forEach((name, file) -> inodes.put(name, file.identity().inode()));
        return inodes;
    }
}
