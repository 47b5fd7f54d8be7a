package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh of a list of changed paths reads these paths only; a full refresh afterwards finds no further change. */
class RefreshChangedTest extends IndexedTreeTest {

    private static final String NEW = "changed = 1\n";

    RefreshChangedTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @BeforeEach
    void refreshOnce() throws Exception {
        files.pair("a", "x = 1\n").pair("b", "x = 1\n").pair("pkg/c", "y = 2\n").pair("other/d", "z = 3\n");
        tree.settle();
    }

    @Test
    void onlyTheDirectoriesOfChangedPathsAreOpened() throws Exception {
        files.pair("pkg/c", NEW).pair("pkg/new", NEW);
        tree.waitUntilSettled();

        RefreshSummary summary = tree.refresh("pkg/c.py", "pkg/new.py");

        assertThat(tree.watch().opened()).containsExactly("__pycache__", "pkg");
        assertThat(summary.seen()).isEqualTo(2);
        assertThat(summary.changed()).isEqualTo(2);
        assertFullRefreshFindsNoChange();
    }

    @Test
    void thePathOfAPycRefreshesItsSource() throws Exception {
        files.pair("pkg/c", NEW);
        tree.waitUntilSettled();

        assertThat(tree.refresh(PairFiles.cached("pkg/c")).changed()).isEqualTo(1);
        assertFullRefreshFindsNoChange();
    }

    @Test
    void deletedFilesAreDropped() throws Exception {
        files.delete("a.py").delete(PairFiles.cached("a"));

        RefreshSummary summary = tree.refresh("a.py", PairFiles.cached("a"));

        assertThat(summary.vanished()).isEqualTo(1);
        assertThat(tree.recorded()).containsExactly("b.py", "other/d.py", "pkg/c.py");
        assertFullRefreshFindsNoChange();
    }

    @Test
    void aRemovedDirectoryIsDropped() throws Exception {
        files.delete("pkg/c.py")
                .delete(PairFiles.cached("pkg/c"))
                .delete("pkg/__pycache__")
                .delete("pkg");

        assertThat(tree.refresh("pkg/c.py").vanished()).isEqualTo(1);
        assertThat(tree.recorded()).containsExactly("a.py", "b.py", "other/d.py");
        assertFullRefreshFindsNoChange();
    }

    @Test
    void recordsOfUnreadableDirectoriesAreKept() throws Exception {
        tree.watch().refuse("pkg");

        assertThat(tree.refresh("pkg/c.py").vanished()).isZero();
        assertThat(tree.recorded()).contains("pkg/c.py");
    }

    @Test
    void unchangedFilesAreNotReadAndNoGenerationIsPublished() throws Exception {
        RefreshSummary summary = tree.refresh("a.py", "pkg/c.py");

        assertThat(summary.reused()).isEqualTo(2);
        assertThat(tree.watch().reads()).isZero();
        assertThat(tree.info().generation()).isEqualTo(1);
    }

    @Test
    void pathsOutsideTheEntryAndOtherFilesAreIgnored() throws Exception {
        List<RawPath> paths = List.of(
                RawPath.of("/elsewhere/a.py"),
                tree.entry().path().resolve("README"),
                tree.entry().path(),
                RawPath.of(tree.entry().path().toPython() + "rary/a.py"));

        RefreshSummary summary = tree.refresher(tree.store(), IndexedTree.TRUSTING)
                .run(List.of(tree.entry()), ChangedPaths.of(paths, List.of(tree.entry())));

        assertThat(summary.seen()).isZero();
        assertThat(summary.problems()).isEmpty();
        assertThat(tree.watch().opened()).isEmpty();
    }

    @Test
    void pathsOfAnyBytesAreRefreshed() throws Exception {
        files.pair("line\nbreak", NEW).pair("b\udcff/n\udce9", NEW);
        tree.waitUntilSettled();

        assertThat(tree.refresh("line\nbreak.py", "b\udcff/n\udce9.py").changed())
                .isEqualTo(2);
        assertThat(tree.recorded()).contains("line\nbreak.py", "b\udcff/n\udce9.py");
        assertFullRefreshFindsNoChange();
    }

    @Test
    void aListOfPathsIsSplitAtItsSeparator() throws Exception {
        assertThat(list("a.py\n\nb c.py\nlast", '\n')).containsExactly("a.py", "b c.py", "last");
        assertThat(list("a\nb.py\0c.py\0", 0)).containsExactly("a\nb.py", "c.py");
        assertThat(list("", '\n')).isEmpty();
        byte[] raw = {(byte) 0xff, '.', 'p', 'y', '\n'};
        assertThat(ChangedPaths.read(new ByteArrayInputStream(raw), '\n')).containsExactly(RawPath.of("\udcff.py"));
    }

    @Test
    void overlappingRefreshesLoseNoChange() throws Exception {
        files.pair("a", NEW).pair("pkg/c", NEW);
        tree.waitUntilSettled();
        AtomicBoolean first = new AtomicBoolean(true);
        OvertakenStore overtaken = new OvertakenStore(tree.store(), () -> {
            if (first.getAndSet(false)) {
                tree.refresh("pkg/c.py");
            }
        });

        RefreshSummary summary = tree.refresh(overtaken, "a.py");

        assertThat(summary.changed()).isEqualTo(1);
        assertThat(summary.seen()).isEqualTo(1);
        assertThat(tree.info().generation()).isEqualTo(3);
        assertFullRefreshFindsNoChange();
    }

    private void assertFullRefreshFindsNoChange() throws InterruptedException {
        RefreshSummary full = tree.refresh();
        assertThat(full.changed()).isZero();
        assertThat(full.vanished()).isZero();
        assertThat(full.reused()).isEqualTo(full.seen());
    }

    private static List<String> list(String text, int separator) throws IOException {
        return ChangedPaths.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), separator).stream()
                .map(RawPath::toPython)
                .toList();
    }
}
