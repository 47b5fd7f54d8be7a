package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh seals a directory whose files are all settled and readable; a change in the directory breaks the seal. */
class SealedDirectoryTest extends IndexedTreeTest {

    private static final RawPath ROOT = RawPath.EMPTY;
    private static final RawPath PKG = RawPath.of("pkg");

    private static final int UNCHECKED = 1;

    SealedDirectoryTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void settledDirectoriesAreSealed() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n").pair("pkg/c", "z = 3\n");
        tree.settle();

        assertThat(seals()).containsOnlyKeys(ROOT, PKG);
        assertThat(seal(PKG).records()).isEqualTo(2);
        assertThat(seal(PKG).verdicts()).isEqualTo(Map.of(Verdict.Kind.FRESH, 2L));
    }

    /** Seals exist so that a refresh need not open the records. */
    @Test
    void noRecordIsReadWhileEverySealMatches() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n");
        tree.settle();

        IndexStore withoutDrafts = new ForwardingStore(tree.store()) {
            @Override
            public Draft draft(RawPath entry) {
                throw new AssertionError("the records were opened");
            }
        };
        RefreshSummary second =
                tree.refresher(withoutDrafts, IndexedTree.TRUSTING).run(List.of(tree.entry()));

        assertThat(second.reused()).isEqualTo(2);
        assertThat(second.problems()).isEmpty();
    }

    @Test
    void aDirectoryWithAnUnsettledFileIsNotSealed() throws Exception {
        files.pair("a", "x = 1\n");
        tree.waitUntilSettled();
        files.pair("pkg/b", "y = 2\n");
        tree.refresh();
        assertThat(seals()).containsOnlyKeys(ROOT);

        tree.settle();
        assertThat(seals()).containsOnlyKeys(ROOT, PKG);
    }

    /** The content alone decides that the pyc is an impostor, but the file may still be changing. */
    @Test
    void aDirectoryWithAnUnsettledImpostorIsNotSealed() throws Exception {
        tree.waitUntilSettled();
        files.source("a", "x = 1\n", PairFiles.MTIME).compiledWithHash("a", "x = 1\n", "other\n", UNCHECKED);

        assertThat(tree.refresh().verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
        assertThat(seals()).isEmpty();
    }

    @Test
    void aStatOnlyRefreshSealsNoDirectory() throws Exception {
        files.pair("a", "x = 1\n");
        tree.waitUntilSettled();
        tree.refresh(IndexedTree.STAT_ONLY);
        assertThat(seals()).isEmpty();

        assertThat(tree.refresh().hashed()).isEqualTo(2);
        assertThat(seals()).containsOnlyKeys(ROOT);
    }

    @Test
    void withoutTrustInStampsSealsAreIgnored() throws Exception {
        files.pair("a", "x = 1\n");
        tree.settle();

        RefreshSummary second = tree.refresh(IndexedTree.WITHOUT_TRUST);

        assertThat(second.hashed()).isEqualTo(2);
        assertThat(second.reused()).isZero();
    }

    @Test
    void aDirectoryWithAnUnreadableCacheDirectoryIsNotSealed() throws Exception {
        files.pair("a", "x = 1\n").sourceless("b", "y = 2\n");
        tree.watch().refuse("__pycache__");
        tree.settle();

        assertThat(seals()).isEmpty();
    }

    @Test
    void aRefreshOfSomePathsBreaksOnlyTheSealsOfTheirDirectories() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n");
        tree.settle();

        files.pair("pkg/b", "changed\n");
        tree.refresh("pkg/b.py");

        assertThat(seals()).containsOnlyKeys(ROOT);
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.UNDECIDED)).isEqualTo(1);
    }

    @Test
    void aNewFileInASealedDirectoryIsFound() throws Exception {
        files.pair("a", "x = 1\n");
        tree.settle();

        files.pair("b", "y = 2\n");
        tree.settle();

        assertThat(tree.recorded()).containsExactly("a.py", "b.py");
        assertThat(seal(ROOT).records()).isEqualTo(2);
    }

    /** Another run publishes during a refresh: no record is lost, and the records of vanished sources are dropped. */
    @Test
    void anOvertakenRefreshLosesNoRecord() throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n").pair("gone/c", "z = 3\n");
        tree.settle();
        files.delete("gone/c.py").delete(PairFiles.cached("gone/c"));

        tree.refresher(new OvertakenStore(tree.store(), () -> republish(Set.of("pkg/d.py"))), IndexedTree.TRUSTING)
                .run(List.of(tree.entry()));
        tree.settle();

        assertThat(tree.recorded()).containsExactly("a.py", "pkg/b.py");
        assertThat(seals()).containsOnlyKeys(ROOT, PKG);
    }

    private void republish(Set<String> added) {
        try (Draft draft = tree.store().draft(tree.key())) {
            for (String name : added) {
                draft.put(RawPath.of(name), tree.record("a.py").orElseThrow());
            }
            draft.publish(1);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Seal seal(RawPath directory) throws IOException {
        return Objects.requireNonNull(seals().get(directory));
    }

    private Map<RawPath, Seal> seals() throws IOException {
        return tree.store().seals(tree.key()).orElseThrow().directories();
    }
}
