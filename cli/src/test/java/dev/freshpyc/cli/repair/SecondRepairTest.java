package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A second repair changes no file, no directory and no time. */
@EnabledOnOs(OS.LINUX)
class SecondRepairTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "auto,replace",
        "auto,in-place",
        "checked-hash,replace",
        "unchecked-hash,replace",
        "unchecked-hash,in-place",
        "timestamp,replace",
        "zero-mtime,replace",
        "zero-mtime,in-place"
    })
    void theSecondRepairChangesNothing(String to, String write) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(20);
        Path linked = tree.root().resolve("pkg0/__pycache__/m0.cpython-311.opt-1.pyc");
        Files.createLink(linked, tree.root().resolve("pkg0/__pycache__/m0.cpython-311.pyc"));
        assertThat(repair(tree, to, write).code()).isZero();
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());

        CommandLineRun again = repair(tree, to, write);

        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("restamped: 0, recompiled: 0; 21 as-wanted");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
    }

    /** The second repair uses another, empty index. */
    @ParameterizedTest
    @CsvSource({"auto", "checked-hash", "timestamp"})
    void withoutAnIndexTheSecondRepairChangesNothing(String to) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(5);
        assertThat(repair(tree, to, "replace").code()).isZero();
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());

        CommandLineRun again =
                CommandLineRun.of("repair", "--index", directory.resolve("other"), "--to", to, tree.root());

        assertThat(again.out()).contains("restamped: 0, recompiled: 0; 5 as-wanted");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
    }

    /** Only a recompilation proves this pyc, whose header is already as wanted. The index records the proof. */
    @Test
    void aProofByRecompilationIsRecorded() throws Exception {
        MatchingTree tree = zeroed();
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());

        CommandLineRun found = repair(tree, "zero-mtime", "replace");

        assertThat(found.out()).contains("restamped: 0, recompiled: 0; 1 as-wanted");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
        CommandLineRun lookup = CommandLineRun.of(
                "lookup",
                "--index",
                directory.resolve("index"),
                "--format",
                "json",
                tree.root().resolve("a.py"));
        assertThat(lookup.out()).contains("\"needless\"", "\"recompiled\"");
        assertThat(CommandLineRun.of("audit", "--index", directory.resolve("index"), tree.root())
                        .out())
                .contains("needless")
                .doesNotContain("stale");
    }

    @Test
    void theSourceOfAPycProvenByRecompilationGetsItsMtime() throws Exception {
        MatchingTree tree = zeroed();
        Path source = tree.root().resolve("a.py");

        CommandLineRun found = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "zero-mtime",
                "--zero-source-mtime",
                tree.root());

        assertThat(found.code()).as(found.out() + found.err()).isZero();
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(FileTime.fromMillis(0));
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());
        assertThat(repair(tree, "zero-mtime", "replace").out()).contains("restamped: 0, recompiled: 0; 1 as-wanted");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
    }

    /** A pair with real code and a zero mtime in its header, which the index does not contain. */
    private MatchingTree zeroed() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib"))
                .pair("a")
                .compiled("__pycache__/a.cpython-311.pyc", Pairs.header(3495, 0, 1, 1));
        CommandLineRun run =
                CommandLineRun.of("repair", "--index", directory.resolve("other"), "--to", "zero-mtime", tree.root());
        assumeTrue(run.code() == 0, "NOT RUN: no CPython 3.11");
        assertThat(run.out()).contains("recompiled: 1");
        return tree;
    }

    /** A directory given twice, or inside another given directory, is repaired once and keeps its records. */
    @ParameterizedTest
    @ValueSource(strings = {".", "pkg1", "pkg1/.."})
    void aPathInsideAnotherPathIsRepairedOnce(String second) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(6);
        Path other = tree.root().resolve(second);

        CommandLineRun run = CommandLineRun.of(
                "repair", "--to", "checked-hash", "--index", directory.resolve("index"), tree.root(), other);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("6 seen; restamped: 6, recompiled: 0");
        requireRecorded(tree);
        Map<String, FileSnapshot> once = FileSnapshot.tree(tree.root());
        CommandLineRun again = CommandLineRun.of(
                "repair", "--to", "checked-hash", "--index", directory.resolve("index"), tree.root(), other);
        assertThat(again.out()).contains("6 seen; restamped: 0, recompiled: 0; 6 as-wanted");
        assertThat(FileSnapshot.tree(tree.root())).isEqualTo(once);
        CommandLineRun refresh =
                CommandLineRun.of("refresh", "--index", directory.resolve("index"), tree.root(), other);
        assertThat(refresh.out()).contains("6 seen", " 0 vanished");
        requireRecorded(tree);
    }

    private void requireRecorded(MatchingTree tree) {
        for (int i = 0; i < 6; i++) {
            Path source = tree.root().resolve("pkg" + i % 3 + "/m" + i + ".py");
            CommandLineRun lookup = CommandLineRun.of("lookup", "--index", directory.resolve("index"), source);
            assertThat(lookup.code()).as(lookup.out()).isZero();
        }
    }

    private CommandLineRun repair(MatchingTree tree, String to, String write) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--to", to, "--write", write, tree.root());
    }
}
