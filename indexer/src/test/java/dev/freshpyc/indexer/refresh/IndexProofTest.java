package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh proves a pair of source and pyc when the header matches the source. */
class IndexProofTest extends IndexedTreeTest {

    private static final String OLD = "x = 1\n";
    private static final String NEW = "x = 2\n";
    private static final int UNCHECKED = 1;

    IndexProofTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void aProvenPairWithChangedMtimesIsNeedless() throws Exception {
        files.pair("a", OLD).pair("pkg/b", NEW);
        tree.settle();

        files.touch("a", 0).touch("pkg/b", 0);
        tree.waitUntilSettled();

        assertThat(tree.auditWithoutIndex())
                .containsEntry("a.py", "stale header")
                .containsEntry("pkg/b.py", "stale header");
        assertThat(tree.audit()).containsEntry("a.py", "needless index").containsEntry("pkg/b.py", "needless index");
    }

    @Test
    void anUnsettledPairProvesNothing() throws Exception {
        files.pair("a", OLD, tree.now().getEpochSecond());
        tree.refresh();

        tree.setNow(tree.now().plusSeconds(1));
        long tick = tree.now().getEpochSecond();
        files.source("a", NEW, tick).compiled("a", OLD, NEW.length(), tick);
        tree.refresh();
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
    }

    @Test
    void aPycThatNeverMatchedIsNotProven() throws Exception {
        files.source("a", OLD, PairFiles.MTIME + 60).compiled("a", OLD, PairFiles.MTIME);
        tree.settle();
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "stale header");
    }

    @Test
    void aHashInTheHeaderOutranksTheIndex() throws Exception {
        files.hashed("a", OLD);
        tree.settle();

        files.touch("a", 0);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "fresh hash-header");

        files.source("a", NEW, PairFiles.MTIME);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "stale hash-header");
    }

    @Test
    void aPycWhoseUncheckedHashDiffersIsAnImpostor() throws Exception {
        files.source("a", OLD, PairFiles.MTIME).compiledWithHash("a", OLD, OLD, UNCHECKED);
        tree.settle();

        files.source("a", NEW, PairFiles.MTIME);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "impostor hash-header");
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor hash-header");
    }

    @Test
    void aPairThatAHashProvedStaysProvenWithATimestampHeader() throws Exception {
        files.hashed("a", OLD);
        tree.settle();

        files.compiled("a", OLD, PairFiles.MTIME - 60);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aBodyOfAnyLengthIsProven(String content) throws Exception {
        files.pair("a", content);
        tree.settle();
        files.touch("a", 0);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }
}
