package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full refresh reads changed files only, and drops the records of files that have vanished. */
class RefreshTest extends IndexedTreeTest {

    RefreshTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void aRefreshWithoutChangesReadsAndPublishesNothing() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n").hashed("pkg/c", "z = 3\n");
        tree.settle();
        IndexInfo before = tree.info();

        tree.waitUntilSettled();
        RefreshSummary second = tree.refresh();

        assertThat(second.seen()).isEqualTo(3);
        assertThat(second.reused()).isEqualTo(3);
        assertThat(second.changed()).isZero();
        assertThat(second.hashed()).isZero();
        assertThat(second.verdicts().of(Verdict.Kind.FRESH)).isEqualTo(3);
        assertThat(tree.watch().reads()).isZero();
        assertThat(tree.info().sameState(before)).isTrue();
        assertThat(tree.info().checkedAtNanos()).isGreaterThan(before.checkedAtNanos());
    }

    @Test
    void anAuditReadsNoFileWithAValidRecord() throws Exception {
        files.pair("a", "x = 1\n").hashed("c", "z = 3\n");
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header").containsEntry("c.py", "fresh hash-header");
        assertThat(tree.watch().reads()).isZero();
    }

    @Test
    void onlyChangedFilesAreRead() throws Exception {
        files.pair("a", "x = 1\n").pair("b", "y = 2\n").pair("c", "z = 3\n");
        tree.settle();

        files.pair("b", "changed\n");
        RefreshSummary second = tree.refresh();

        assertThat(second.reused()).isEqualTo(2);
        assertThat(second.changed()).isEqualTo(1);
        assertThat(second.hashed()).isEqualTo(2);
        assertThat(tree.info().generation()).isEqualTo(2);
    }

    @Test
    void recordsOfVanishedSourcesAndDirectoriesAreDropped() throws Exception {
        files.pair("a", "x = 1\n").pair("b", "y = 2\n").pair("pkg/c", "z = 3\n").pair("pkg/sub/d", "z = 3\n");
        tree.settle();

        files.delete("b.py").delete(PairFiles.cached("b"));
        deleteTree(files.at("pkg"));
        RefreshSummary second = tree.refresh();

        assertThat(second.vanished()).isEqualTo(3);
        assertThat(tree.recorded()).containsExactly("a.py");
        assertThat(tree.info().records()).isEqualTo(1);
    }

    @Test
    void theIndexDoesNotGrowAsFilesComeAndGo() throws Exception {
        for (int round = 0; round < 20; round++) {
            files.pair("kept", "x = 1\n").pair("m" + round, "y = 2\n");
            tree.settle();
            files.delete("m" + round + ".py").delete(PairFiles.cached("m" + round));
        }
        tree.settle();

        assertThat(tree.recorded()).containsExactly("kept.py");
        assertThat(tree.info().records()).isEqualTo(1);
        assertThat(tree.info().bytes()).isLessThan(64 * 1024);
    }

    @Test
    void recordsOfUnreadableDirectoriesAreKept() throws Exception {
        files.pair("a", "x = 1\n")
                .pair("pkg/c", "z = 3\n")
                .pair("pkg/sub/d", "z = 3\n")
                .pair("gone", "z\n");
        tree.settle();

        tree.watch().refuse("pkg");
        files.delete("gone.py").delete(PairFiles.cached("gone"));
        RefreshSummary second = tree.refresh();

        assertThat(second.vanished()).isEqualTo(1);
        assertThat(second.problems()).singleElement().asString().endsWith("/pkg: cannot be read (EACCES)");
        assertThat(second.isComplete()).isFalse();
        assertThat(tree.recorded()).containsExactly("a.py", "pkg/c.py", "pkg/sub/d.py");
        tree.watch().refuseNothing();
        assertThat(tree.refresh().reused()).isEqualTo(3);
    }

    @Test
    void recordsOfUnreadableCacheDirectoriesAreKept() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/c", "z = 3\n");
        tree.settle();

        tree.watch().refuse("__pycache__");
        assertThat(tree.refresh().vanished()).isZero();

        assertThat(tree.recorded()).containsExactly("a.py", "pkg/c.py");
    }

    @Test
    void anEntryThatCannotBeReadKeepsItsIndex() throws Exception {
        files.pair("a", "x = 1\n");
        tree.settle();
        IndexInfo before = tree.info();

        tree.watch().refuse("lib");
        RefreshSummary second = tree.refresh();

        assertThat(second.isComplete()).isFalse();
        assertThat(second.problems()).singleElement().asString().contains("EACCES");
        assertThat(tree.info()).isEqualTo(before);
    }

    @Test
    void anUnreachableSourceIsReadAgainByTheNextRefresh() throws Exception {
        files.compiled("a", "x = 1\n", PairFiles.MTIME);
        Files.createSymbolicLink(files.at("a.py"), Path.of("x".repeat(300)));
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "unreadable");

        files.delete("a.py");
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "orphaned");
    }

    private static void deleteTree(Path path) throws IOException {
        try (var inside = Files.walk(path)) {
            for (Path each : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
