package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh by stamps alone proves nothing; proofs from earlier refreshes stay while no stamp changes. */
class RefreshStatOnlyTest extends IndexedTreeTest {

    RefreshStatOnlyTest(@TempDir Path directory) throws IOException {
        super(directory);
        files.pair("a", "x = 1\n").pair("b", "x = 1\n");
        tree.waitUntilSettled();
    }

    @Test
    void aStatOnlyRefreshHashesAndProvesNothing() throws Exception {
        assertThat(tree.refresh(IndexedTree.STAT_ONLY).hashed()).isZero();
        assertThat(tree.watch().reads()).as("headers that were read").isEqualTo(2);
        SourceRecord record = tree.record("a.py").orElseThrow();
        PycRecord pyc = record.pycs().getFirst();
        assertThat(record.content()).isNull();
        assertThat(pyc.body()).isNull();
        assertThat(pyc.provenFor()).isNull();

        files.touch("a", 0);
        assertThat(tree.audit()).containsEntry("a.py", "stale header");
    }

    @Test
    void aSecondStatOnlyRefreshReusesAllRecords() throws Exception {
        tree.refresh(IndexedTree.STAT_ONLY);

        assertThat(tree.refresh(IndexedTree.STAT_ONLY).reused()).isEqualTo(2);
    }

    @Test
    void aFullRefreshHashesTheFilesThatAStatOnlyRefreshLeftOut() throws Exception {
        tree.refresh(IndexedTree.STAT_ONLY);

        RefreshSummary full = tree.refresh();

        assertThat(full.hashed()).isEqualTo(4);
        files.touch("a", 0);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aStatOnlyRefreshKeepsProofs() throws Exception {
        tree.refresh();
        tree.refresh(IndexedTree.STAT_ONLY);

        files.touch("a", 0);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }
}
