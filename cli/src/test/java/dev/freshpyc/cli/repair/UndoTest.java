package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undo restores the bytes and times from before the repair, and leaves files that changed since the repair. */
@EnabledOnOs(OS.LINUX)
class UndoTest {

    private static final String A = "__pycache__/a.cpython-311.pyc";
    private static final String B = "__pycache__/b.cpython-311.pyc";

    @TempDir
    private Path directory;

    private MatchingTree tree = new MatchingTree(Path.of("."));
    private Map<String, Object> before = Map.of();

    @BeforeEach
    void makeTree() throws IOException {
        tree = new MatchingTree(directory.resolve("lib")).pair("a").pair("b");
        before = bytesAndTimes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void undoRestoresFilesAndASecondUndoChangesNothing(String write) throws Exception {
        assertThat(repair("--write", write).code()).isZero();
        assertThat(bytesAndTimes()).isNotEqualTo(before);

        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());

        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
    }

    /** The repair compiles a pyc with a wrong header, a truncated pyc and an empty pyc. */
    @Test
    void undoRestoresRecompiledFiles() throws Exception {
        requirePython();
        tree.compiled(A, Pairs.header(3495, 0, 1, 1));
        Files.write(tree.root().resolve(B), new byte[] {1, 2, 3});
        tree.pair("c");
        Files.write(tree.root().resolve("__pycache__/c.cpython-311.pyc"), new byte[0]);
        before = bytesAndTimes();

        CommandLineRun run = repair();
        assertThat(run.out()).as(run.err()).contains("recompiled: 3");
        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
    }

    @Test
    void undoRemovesFilesThatTheRepairMade() throws Exception {
        requirePython();
        Files.delete(tree.root().resolve(A));
        before = bytesAndTimes();

        assertThat(repair("--expect", "cpython-311").code()).isZero();
        assertThat(tree.root().resolve(A)).exists();
        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
    }

    /** Undo removes a {@code __pycache__} that the repair made, unless it contains a file of another program. */
    @Test
    void undoRemovesDirectoriesThatTheRepairMade() throws Exception {
        requirePython();
        Files.createDirectories(tree.root().resolve("new"));
        Files.createDirectories(tree.root().resolve("used"));
        Files.copy(tree.root().resolve("a.py"), tree.root().resolve("new/n.py"));
        Files.copy(tree.root().resolve("a.py"), tree.root().resolve("new/o.py"));
        Files.copy(tree.root().resolve("a.py"), tree.root().resolve("used/u.py"));
        Set<String> pathsBefore = FileSnapshot.tree(tree.root()).keySet();

        assertThat(repair("--expect", "cpython-311").code()).isZero();
        assertThat(tree.root().resolve("new/__pycache__")).isDirectory();
        Path kept = Files.writeString(tree.root().resolve("used/__pycache__/kept"), "");

        CommandLineRun run = undo();
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(kept).exists();
        Files.delete(kept);
        assertThat(undo().code()).isZero();
        assertThat(FileSnapshot.tree(tree.root()).keySet()).isEqualTo(pathsBefore);
        assertThat(undo().code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void undoLeavesFilesThatChangedSinceTheRepair(String write) throws Exception {
        repair("--write", write);
        tree.compiled(A, tree.timestamp(A));
        Files.setLastModifiedTime(tree.root().resolve(A), FileTime.from(Instant.ofEpochSecond(1_800_000_000)));
        FileSnapshot since = FileSnapshot.of(tree.root().resolve(A));

        CommandLineRun run = undo();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("a.cpython-311.pyc", "changing");
        assertThat(FileSnapshot.of(tree.root().resolve(A))).isEqualTo(since);
        assertThat(Files.readAllBytes(tree.root().resolve(B))).startsWith(tree.timestamp(B));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "freshpyc", "not the journal of a repair"})
    void aFileThatIsNoJournalIsAnError(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("file.journal"), content);

        assertThat(undoOf(file)).contains(file + " is not the journal of a repair");
        assertThat(Files.readString(file)).isEqualTo(content);

        Path named = Files.writeString(directory.resolve("file.running"), content);

        assertThat(undoOf(named)).contains(named + " is not the journal of a repair");
        assertThat(Files.readString(named)).isEqualTo(content);
    }

    /** A run that is killed in the first write of its journal leaves such a file, and has changed nothing. */
    @Test
    void anIncompleteJournalDoesNotPreventAnUndo() throws Exception {
        repair();
        Path torn = directory.resolve("index/undo/20990101T000000.000Z-00000000.running");
        Files.write(torn, new byte[] {0x66, 0x72, 0x65});

        CommandLineRun run = undo();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(torn).doesNotExist();
        assertThat(bytesAndTimes()).isEqualTo(before);
    }

    @Test
    void aPathThatIsNoRegularFileIsRefused() throws Exception {
        Path journal = Files.writeString(directory.resolve("file"), "");

        assertThat(undoOf(directory)).contains(directory + " is not a regular file");
        assertThat(undoOf(Files.createSymbolicLink(directory.resolve("link"), journal)))
                .contains("link is not a regular file");
        assertThat(undoOf(directory.resolve("none"))).contains("none: no such journal");
    }

    private static String undoOf(Path journal) {
        return CommandLineRun.of("undo", "--journal", journal).complaint(3);
    }

    @Test
    void undoRestoresSourceMtimes() throws Exception {
        CommandLineRun run = repair("--to", "zero-mtime", "--zero-source-mtime");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(Files.getLastModifiedTime(tree.root().resolve("a.py"))).isEqualTo(FileTime.fromMillis(0));

        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        assertThat(undo().code()).isZero();
    }

    /** The pyc was replaced by a symbolic link: undo does not write to the target of the link. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void undoFollowsNoSymbolicLink(String write) throws Exception {
        repair("--write", write);
        Path outside = Files.move(tree.root().resolve(A), directory.resolve("outside"));
        Files.createSymbolicLink(tree.root().resolve(A), outside);
        FileSnapshot kept = FileSnapshot.of(outside);

        assertThat(undo().code()).isEqualTo(1);
        assertThat(FileSnapshot.of(outside)).isEqualTo(kept);
    }

    private void requirePython() throws IOException {
        CommandLineRun probe = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("probe"),
                new MatchingTree(directory.resolve("probed"))
                        .pair("p")
                        .compiled("__pycache__/p.cpython-311.pyc", Pairs.header(3495, 0, 1, 1))
                        .root());
        assumeTrue(probe.code() == 0, "NOT RUN: no CPython 3.11");
    }

    private Map<String, Object> bytesAndTimes() throws IOException {
        Map<String, Object> seen = new LinkedHashMap<>();
        FileSnapshot.files(tree.root()).forEach((name, state) -> seen.put(name, state.metadata() + state.content()));
        return seen;
    }

    private CommandLineRun undo() {
        return CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root());
    }

    private CommandLineRun repair(String... more) {
        return tree.repair(directory.resolve("index"), more);
    }
}
