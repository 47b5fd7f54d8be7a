package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody learned of contents is remembered as long as they are the same, and no longer. */
class ContentFactsTest extends IndexedTreeTest {

    private static final ContentFacts ALL = new ContentFacts(true, new SourceHash(7));
    private static final ContentFacts OF_BODY = new ContentFacts(true, null);
    private static final ContentFacts OF_SOURCE = new ContentFacts(false, new SourceHash(7));
    private static final String OLD = "x = 1\n";
    private static final String NEW = "x = 2\n";

    ContentFactsTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void timesDoNotMatter() throws Exception {
        learn();
        files.pair("a", OLD, 0);
        tree.settle();
        assertThat(learned()).isEqualTo(ALL);
    }

    @Test
    void anUnchangedFileStaysKnownWithoutBeingRead() throws Exception {
        learn();
        tree.settle();
        tree.refresh();
        assertThat(tree.watch().reads()).isZero();
        assertThat(learned()).isEqualTo(ALL);
    }

    @Test
    void anotherBodyIsUnknown() throws Exception {
        learn();
        files.compiled("a", NEW, PairFiles.MTIME);
        tree.settle();
        assertThat(learned()).isEqualTo(OF_SOURCE);
    }

    @Test
    void anotherSourceIsUnknown() throws Exception {
        learn();
        files.source("a", NEW, PairFiles.MTIME);
        tree.settle();
        assertThat(learned()).isEqualTo(OF_BODY);
    }

    @Test
    void underAnotherMagicNothingIsKnown() throws Exception {
        learn();
        Path pyc = files.at(PairFiles.cached("a"));
        try (RandomAccessFile file = new RandomAccessFile(pyc.toFile(), "rw")) {
            file.write(0xa8); // 3496, which was one of 3.12's
        }
        tree.watch().changed(PairFiles.inode(pyc), tree.now());
        tree.settle();
        assertThat(learned()).isEqualTo(ContentFacts.NOTHING);
    }

    /** Contents that were not compared are not known to be the same. */
    @Test
    void whereNothingIsReadNothingIsKnown() throws Exception {
        learn();
        files.pair("a", OLD, 0);
        tree.waitLong();
        tree.refresh(IndexedTree.STAT_ONLY);
        assertThat(learned()).isEqualTo(ContentFacts.NOTHING);
    }

    private void learn() throws Exception {
        files.pair("a", OLD);
        tree.waitLong();
        tree.with(tree.store(), IndexedTree.TRUSTING)
                .run(List.of(tree.entry()), () -> (_, _, record, _) -> record.map(one -> one.withFacts(ALL)));
        assertThat(learned()).isEqualTo(ALL);
    }

    private ContentFacts learned() throws IOException {
        List<PycRecord> pycs = tree.record("a.py").orElseThrow().pycs();
        return pycs.getFirst().learned();
    }
}
