package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was proven of a pair holds for the contents it was proven for, whatever becomes of times and sizes. */
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
    void itStaysNeedlessAfterMoreRefreshes() throws Exception {
        files.touch("a", 0);
        tree.settle();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");

        files.touch("a", PairFiles.MTIME);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh index");
    }

    @Test
    void anotherSourceOfTheSameSizeAndTimeMakesAnImpostor() throws Exception {
        files.source("a", NEW, PairFiles.MTIME);
        tree.waitLong();

        assertThat(tree.auditByFiles()).containsEntry("a.py", "fresh header");
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        tree.settle();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void aSourceThatChangedWithItsTimeIsStale() throws Exception {
        files.source("a", NEW, PairFiles.MTIME + 60);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "stale index");
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
    }

    @Test
    void aSourceThatComesBackIsProvenAgain() throws Exception {
        files.source("a", NEW, PairFiles.MTIME + 60);
        tree.settle();

        files.source("a", OLD, PairFiles.MTIME + 120);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aRecompiledBodyIsJudgedByItsOwnHeader() throws Exception {
        files.pair("a", NEW, PairFiles.MTIME + 60);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        tree.settle();
        files.touch("a", 0);
        tree.waitLong();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void twoContentsMayHaveOneBody() throws Exception {
        files.source("a", "x = 1 # one\n", PairFiles.MTIME + 60);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
        files.compiled("a", OLD, "x = 1 # one\n".length(), PairFiles.MTIME + 60);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        tree.settle();
        files.touch("a", 0);
        tree.waitLong();
        assertThat(tree.audit()).containsEntry("a.py", "needless index");
    }

    @Test
    void aHeaderThatWasMadeToFitAgainIsStillProven() throws Exception {
        files.touch("a", 0);
        tree.settle();

        files.compiled("a", OLD, 0);
        tree.settle();

        assertThat(tree.audit()).containsEntry("a.py", "fresh index");
    }

    @Test
    void aBodyThatChangedUnderTheSameHeaderIsNotProven() throws Exception {
        files.compiled("a", NEW, PairFiles.MTIME).touch("a", 0);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "stale header");
    }
}
