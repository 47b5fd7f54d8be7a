package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index keeps content facts while the contents are unchanged, and drops the facts of a content that changes. */
class ContentFactsTest extends IndexedTreeTest {

    private static final ContentFacts ALL = new ContentFacts(true, new SourceHash(7));
    private static final ContentFacts OF_BODY = new ContentFacts(true, null);
    private static final String OLD = "x = 1\n";
    private static final String NEW = "x = 2\n";

    ContentFactsTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void changedTimesKeepTheFacts() throws Exception {
        recordFacts();
        files.pair("a", OLD, 0);
        tree.settle();
        assertThat(facts()).isEqualTo(ALL);
    }

    @Test
    void theFactsOfUnchangedFilesAreKeptWithoutReading() throws Exception {
        recordFacts();
        tree.settle();
        tree.refresh();
        assertThat(tree.watch().reads()).isZero();
        assertThat(facts()).isEqualTo(ALL);
    }

    /** The record keeps a proven body with its facts until the body that was written over it is compared. */
    @Test
    void theFactsOfAProvenBodyStayWhenAnotherBodyReplacesIt() throws Exception {
        recordFacts();
        Sha256 first = pyc().body();
        files.compiled("a", NEW, PairFiles.MTIME);
        tree.settle();
        assertThat(pyc().body()).isNotNull().isEqualTo(first);
        assertThat(facts()).isEqualTo(ALL);
    }

    @Test
    void aChangedPairDropsAllFacts() throws Exception {
        recordFacts();
        files.pair("a", NEW);
        tree.settle();
        assertThat(facts()).isEqualTo(ContentFacts.NOTHING);
    }

    @Test
    void aChangedSourceDropsTheFactOfTheSource() throws Exception {
        recordFacts();
        files.source("a", NEW, PairFiles.MTIME);
        tree.settle();
        assertThat(facts()).isEqualTo(OF_BODY);
    }

    @Test
    void aChangedMagicDropsAllFacts() throws Exception {
        recordFacts();
        Path pyc = files.at(PairFiles.cached("a"));
        try (RandomAccessFile file = new RandomAccessFile(pyc.toFile(), "rw")) {
            file.write(0xa8); // magic 3496, which CPython 3.12 once had
        }
        tree.watch().setChangeTime(PairFiles.inode(pyc), tree.now());
        tree.settle();
        assertThat(facts()).isEqualTo(ContentFacts.NOTHING);
    }

    /** A refresh that reads no contents cannot know whether the contents are unchanged. */
    @Test
    void aRefreshWithoutReadingDropsTheFactsOfChangedFiles() throws Exception {
        recordFacts();
        files.pair("a", OLD, 0);
        tree.waitUntilSettled();
        tree.refresh(IndexedTree.STAT_ONLY);
        assertThat(facts()).isEqualTo(ContentFacts.NOTHING);
    }

    private void recordFacts() throws Exception {
        files.pair("a", OLD);
        tree.waitUntilSettled();
        tree.refresher(tree.store(), IndexedTree.TRUSTING)
                .run(
                        List.of(tree.entry()),
                        () -> (_, judgement) -> judgement.record().map(found -> found.withFacts(ALL)));
        assertThat(facts()).isEqualTo(ALL);
    }

    private ContentFacts facts() throws IOException {
        return pyc().facts();
    }

    private PycRecord pyc() throws IOException {
        return tree.record("a.py").orElseThrow().pycs().getFirst();
    }
}
