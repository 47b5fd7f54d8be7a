package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repairs of hard-linked files. A file outside the tree changes only if the user asks for it, and hard links inside the
 * tree stay links of one file.
 */
@EnabledOnOs(OS.LINUX)
class HardLinkTest {

    private static final String A = "__pycache__/a.cpython-311.pyc";
    private static final String A_OPT = "__pycache__/a.cpython-311.opt-1.pyc";
    private static final String B = "__pycache__/b.cpython-311.pyc";

    @TempDir
    private Path directory;

    private MatchingTree tree = new MatchingTree(Path.of("."));
    private Path objects = Path.of(".");

    /** Makes a checkout as ostree does: every file is a hard link of an object in a store outside the tree. */
    @BeforeEach
    void checkOut() throws IOException {
        tree = new MatchingTree(directory.resolve("lib")).pair("a").pair("b");
        objects = directory.resolve("objects");
        for (String pyc : tree.pycs()) {
            String name = HexFormat.of().toHexDigits(pyc.hashCode());
            Path folder = Files.createDirectories(objects.resolve(name.substring(0, 2)));
            Files.createLink(folder.resolve(name.substring(2) + ".file"), at(pyc));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void filesWithLinksOutsideTheTreeAreSkipped(String write) throws Exception {
        Map<String, FileSnapshot> treeBefore = FileSnapshot.tree(tree.root());
        Map<String, FileSnapshot> storeBefore = FileSnapshot.tree(objects);

        CommandLineRun run = repair("--write", write);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("hard-linked-outside");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(treeBefore);
        assertThat(FileSnapshot.tree(objects)).isEqualTo(storeBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void breakingLinksLeavesTheStoreUnchanged(String write) throws Exception {
        Map<String, FileSnapshot> storeBefore = FileSnapshot.files(objects);

        assertThat(repair("--hardlinks", "break", "--write", write).code()).isZero();

        requireHash(A);
        requireHash(B);
        assertThat(FileSnapshot.of(at(A)).identity().links()).isEqualTo(1);
        FileSnapshot.files(objects).forEach((name, now) -> {
            FileSnapshot then = storeBefore.get(name);
            assertThat(now.content()).isEqualTo(then.content());
            assertThat(now.metadata()).isEqualTo(then.metadata());
            assertThat(now.identity().inode()).isEqualTo(then.identity().inode());
            assertThat(now.identity().links())
                    .as("with the link that the journal keeps")
                    .isEqualTo(2);
        });
    }

    /** Under a cache prefix, the path of a bytecode file is absolute and not inside the entry. */
    @Test
    void aSkippedFileUnderACachePrefixIsNamed() throws Exception {
        Path prefix = directory.resolve("prefix");
        Path pyc = Files.createDirectories(
                        Path.of(prefix + tree.root().toRealPath().toString()))
                .resolve(Path.of(A).getFileName());
        Files.move(at(A), pyc);

        CommandLineRun run = repair("--pycache-prefix", prefix.toString());

        assertThat(run.out()).startsWith(pyc + "  left: hard-linked-outside");
    }

    /** An undo makes the names in the tree hard links of the files in the store again. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void undoRestoresBrokenLinks(String write) throws Exception {
        Files.createLink(at(A_OPT), at(A));
        Map<String, FileSnapshot> before = FileSnapshot.files(directory);
        assertThat(repair("--hardlinks", "break", "--write", write).code()).isZero();
        assertThat(inode(A)).isNotEqualTo(before.get("lib/" + A).identity().inode());

        undo();

        for (String pyc : new String[] {A, A_OPT, B}) {
            FileSnapshot then = before.get("lib/" + pyc);
            assertThat(inode(pyc)).isEqualTo(then.identity().inode());
            assertThat(FileSnapshot.of(at(pyc)).metadata()).isEqualTo(then.metadata());
            assertThat(FileSnapshot.of(at(pyc)).content()).isEqualTo(then.content());
        }
        assertThat(CommandLineRun.of("undo", "--discard", "--index", directory.resolve("index"))
                        .code())
                .isZero();
        assertThat(FileSnapshot.of(at(A)).identity().links()).isEqualTo(3);
        assertThat(FileSnapshot.of(at(B)).identity().links()).isEqualTo(2);
    }

    /** If a file of the store has changed since the repair, an undo writes the old bytes to a new file. */
    @Test
    void undoDoesNotLinkToAStoreThatHasChanged() throws Exception {
        byte[] before = Files.readAllBytes(at(B));
        assertThat(repair("--hardlinks", "break").code()).isZero();
        for (String name : FileSnapshot.files(objects).keySet()) {
            Files.write(objects.resolve(name), new byte[] {1, 2, 3});
        }

        undo();

        assertThat(Files.readAllBytes(at(B))).isEqualTo(before);
    }

    private long inode(String pyc) throws IOException {
        return FileSnapshot.of(at(pyc)).identity().inode();
    }

    private void undo() {
        CommandLineRun run = CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void writingInPlaceChangesAllLinks(String write) throws Exception {
        Map<String, FileSnapshot> before = FileSnapshot.files(directory);

        assertThat(repair("--hardlinks", "in-place", "--write", write).code()).isZero();

        requireHash(A);
        Map<String, FileSnapshot> after = FileSnapshot.files(objects);
        after.forEach((name, now) -> {
            FileSnapshot then = before.get("objects/" + name);
            assertThat(now.identity().inode()).isEqualTo(then.identity().inode());
            assertThat(now.identity().links()).isEqualTo(2);
            assertThat(now.metadata()).isEqualTo(then.metadata());
            assertThat(now.content()).isNotEqualTo(then.content());
        });
    }

    /** Optimization levels that share one file still share one file after the repair and after its undo. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void linksInsideTheTreeStayLinks(String write) throws Exception {
        deleteStore();
        Files.createLink(at(A_OPT), at(A));
        byte[] before = Files.readAllBytes(at(A));

        assertThat(repair("--write", write).code()).isZero();

        requireHash(A);
        requireOneFile();
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root())
                        .code())
                .isZero();
        assertThat(Files.readAllBytes(at(A))).isEqualTo(before);
        requireOneFile();
    }

    /** Two sources with different mtimes share one pyc, whose header can match only one of them: the pyc is skipped. */
    @Test
    void linksThatNeedDifferentHeadersAreSkipped() throws Exception {
        deleteStore();
        tree.pair("c", "x = 1\n").pair("d", "x = 1\n");
        Path c = at("__pycache__/c.cpython-311.pyc");
        Path d = at("__pycache__/d.cpython-311.pyc");
        Files.delete(d);
        Files.createLink(d, c);
        assertThat(CommandLineRun.of("refresh", "--index", directory.resolve("index"), tree.root())
                        .code())
                .isZero();
        Shell.run("touch", "-d", "@1700000055", at("c.py"));
        Shell.run("touch", "-d", "@1700000066", at("d.py"));
        FileSnapshot before = FileSnapshot.of(c);

        CommandLineRun run = repair("--to", "timestamp");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("hard-linked-to-different");
        assertThat(FileSnapshot.of(c)).isEqualTo(before);
        assertThat(FileSnapshot.of(d)).isEqualTo(before);
    }

    /** With {@code --hardlinks break}, each link gets the header that it needs. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void breakingLinksGivesEachLinkTheHeaderThatItNeeds(String write) throws Exception {
        deleteStore();
        tree.pair("c", "x = 1\n").pair("d", "x = 1\n").pair("e", "x = 1\n");
        for (String other : new String[] {"d", "e"}) {
            Files.delete(at(Pairs.cached(other)));
            Files.createLink(at(Pairs.cached(other)), at(Pairs.cached("c")));
        }
        CommandLineRun.of("refresh", "--index", directory.resolve("index"), tree.root());
        Shell.run("touch", "-d", "@1700000055", at("c.py"));
        Shell.run("touch", "-d", "@1700000066", at("d.py"), at("e.py"));

        CommandLineRun run = repair("--to", "timestamp", "--hardlinks", "break", "--write", write);

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(mtime("c")).isEqualTo(1_700_000_055);
        assertThat(mtime("d")).isEqualTo(1_700_000_066);
        assertThat(FileSnapshot.of(at(Pairs.cached("e")))).isEqualTo(FileSnapshot.of(at(Pairs.cached("d"))));
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root())
                        .code())
                .isZero();
        assertThat(mtime("c")).isEqualTo(MatchingTree.MTIME);
        assertThat(mtime("d")).isEqualTo(MatchingTree.MTIME);
    }

    private int mtime(String stem) throws IOException {
        return MatchingTree.word(Files.readAllBytes(at(Pairs.cached(stem))), 8);
    }

    private void deleteStore() throws IOException, InterruptedException {
        Shell.run("rm", "-r", objects);
    }

    private void requireOneFile() throws IOException {
        assertThat(FileSnapshot.of(at(A_OPT))).isEqualTo(FileSnapshot.of(at(A)));
        assertThat(FileSnapshot.of(at(A)).identity().links()).isEqualTo(2);
    }

    private void requireHash(String pyc) throws IOException {
        assertThat(Files.readAllBytes(at(pyc))).startsWith(tree.hash(pyc));
    }

    private Path at(String name) {
        return tree.root().resolve(name);
    }

    private CommandLineRun repair(String... more) {
        return tree.repair(directory.resolve("index"), more);
    }
}
