package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof in the index binds a body to the content of a source, and holds whatever the header and the mtimes are. */
class IndexEvidenceTest extends IndexedTreeTest {

    private static final String OLD = "x = 1\n";
    private static final String NEW = "x = 2\n";

    IndexEvidenceTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @BeforeEach
    void prove() throws IOException, InterruptedException {
        files.pair("a", OLD);
        tree.settle();
    }

    @Test
    void aPairStaysNeedlessAfterMoreRefreshes() throws Exception {
        files.touch("a", 0);
        tree.settle();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");

        files.touch("a", PairFiles.MTIME);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh index");
    }

    @Test
    void aChangedSourceWithTheSameSizeAndMtimeMakesAnImpostor() throws Exception {
        files.source("a", NEW, PairFiles.MTIME);
        tree.waitUntilSettled();

        assertThat(tree.auditWithoutIndex())
                .as("the header matches and proves nothing")
                .containsEntry("a.py", "fresh");
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        tree.settle();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void aChangedSourceWithAnotherMtimeMakesAStalePyc() throws Exception {
        files.source("a", NEW, PairFiles.MTIME + 60);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "stale index");
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
    }

    @Test
    void aSourceThatReturnsToItsOldContentIsProvenAgain() throws Exception {
        files.source("a", NEW, PairFiles.MTIME + 60);
        tree.settle();

        files.source("a", OLD, PairFiles.MTIME + 120);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aRecompiledPycIsJudgedByItsNewHeader() throws Exception {
        files.pair("a", NEW, PairFiles.MTIME + 60);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        tree.settle();
        files.touch("a", 0);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aSecondSourceWithAnEqualBodyIsProvenToo() throws Exception {
        files.source("a", "x = 1 # one\n", PairFiles.MTIME + 60);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
        files.compiled("a", OLD, "x = 1 # one\n".length(), PairFiles.MTIME + 60);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        tree.settle();
        files.touch("a", 0);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aPycWithACorrectedHeaderIsStillProven() throws Exception {
        files.touch("a", 0);
        tree.settle();

        files.compiled("a", OLD, 0);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh index");
    }

    @Test
    void aBodyThatChangedUnderTheSameHeaderIsNotProven() throws Exception {
        files.compiled("a", NEW, PairFiles.MTIME).touch("a", 0);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "stale header");
    }
}
