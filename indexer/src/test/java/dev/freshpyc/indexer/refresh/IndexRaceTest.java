package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index finds edits that mtimes do not show, and survives false times. */
class IndexRaceTest extends IndexedTreeTest {

    private static final String OLD = "x = 1\n";
    private static final String CACHED = "__pycache__/a.cpython-311.pyc";
    private static final String NEW = "x = 2\n";

    IndexRaceTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void anEditInTheSecondOfTheObservationIsFound() throws Exception {
        long sameSecond = tree.now().getEpochSecond();
        files.pair("a", OLD, sameSecond);
        tree.refresh();

        files.source("a", NEW, sameSecond);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        files.touch("a", sameSecond);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void anEditThatKeepsAnOldMtimeIsFound() throws Exception {
        files.pair("a", OLD);
        tree.refresh();

        files.source("a", NEW, PairFiles.MTIME);
        tree.waitUntilSettled();

        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void aFileThatVanishesDuringARefreshIsDroppedWithoutAProblem() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        files.touch("a", PairFiles.MTIME - 1);
        tree.watch().onceAt(FileWatch.Moment.READ_HEAD, () -> Files.delete(files.at(CACHED)));

        RefreshSummary summary = tree.refresh();

        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.seen()).isZero();
        assertThat(summary.vanished()).isEqualTo(1);
        assertThat(tree.recorded()).isEmpty();
    }

    @Test
    void anUnsettledPairIsStoredUndecidedAndReadAgain() throws Exception {
        files.pair("a", OLD, tree.now().getEpochSecond());
        RefreshSummary first = tree.refresh();

        assertThat(first.verdicts().of(Verdict.Kind.UNDECIDED)).isEqualTo(1);
        tree.assertUndecided("a.py");
        tree.waitUntilSettled();
        RefreshSummary second = tree.refresh();
        assertThat(second.reused()).isZero();
        assertThat(second.verdicts().of(Verdict.Kind.FRESH)).isEqualTo(1);
        assertThat(tree.refresh().reused()).isEqualTo(1);
    }

    @Test
    void aPairWithAnUnsettledCtimeIsUndecided() throws Exception {
        files.pair("a", OLD);
        tree.refresh();

        tree.assertUndecided("a.py");
        tree.settle();
        assertThat(tree.refresh().reused()).isEqualTo(1);
    }

    @Test
    void recordsWithTimesInTheFarFutureAreReusedAndEditsAreFound() throws Exception {
        long future = tree.now().plus(Duration.ofDays(10_000)).getEpochSecond();
        files.pair("a", OLD, future);
        tree.watch().setChangeTime(PairFiles.inode(files.at("a.py")), Instant.ofEpochSecond(future));
        Path pyc = files.at(PairFiles.cached("a"));
        tree.watch().setBirthTime(PairFiles.inode(pyc), Instant.ofEpochSecond(future + 1));
        Files.setLastModifiedTime(pyc, FileTime.from(Instant.ofEpochSecond(future + 1)));
        tree.settle();

        assertThat(tree.refresh().reused()).isEqualTo(1);
        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        files.source("a", NEW, future);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void afterTheClockJumpsBackRecordsAreReusedAndEditsAreFound() throws Exception {
        files.pair("a", OLD).pair("b", OLD);
        tree.settle();

        tree.setNow(Instant.ofEpochSecond(1_000_000_000));
        files.source("a", NEW, PairFiles.MTIME);
        RefreshSummary second = tree.refresh();
        assertThat(second.reused()).isEqualTo(1);
        assertThat(second.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);

        tree.waitUntilSettled();
        tree.refresh();
        assertThat(tree.refresh().reused()).isEqualTo(2);
        assertThat(tree.audit()).containsEntry("a.py", "impostor index").containsEntry("b.py", "fresh header");
    }

    @Test
    void anEditThatKeepsMtimeSizeAndInodeIsFoundByItsCtime() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        long inode = PairFiles.inode(files.at("a.py"));

        tree.waitUntilSettled();
        files.source("a", NEW, PairFiles.MTIME);
        tree.waitUntilSettled();

        assertThat(PairFiles.inode(files.at("a.py"))).isEqualTo(inode);
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
    }

    @Test
    void anotherImageOfEqualLayoutIsDetectedByItsDevice() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        Instant changed = tree.watch().changeTime(PairFiles.inode(files.at("a.py")));
        files.source("a", NEW, PairFiles.MTIME);
        tree.watch().setChangeTime(PairFiles.inode(files.at("a.py")), changed);
        tree.waitUntilSettled();
        assertThat(tree.refresh().reused())
                .as("stamps are equal on the same device")
                .isEqualTo(1);

        tree.watch().moveToOtherDevice();

        RefreshSummary elsewhere = tree.refresh();
        assertThat(elsewhere.reused()).isZero();
        assertThat(elsewhere.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
    }

    @Test
    void withoutTrustInStampsEachRefreshHashesAllFiles() throws Exception {
        files.pair("a", OLD).pair("b", OLD);
        tree.settle();
        Instant changed = tree.watch().changeTime(PairFiles.inode(files.at("a.py")));

        files.source("a", NEW, PairFiles.MTIME);
        tree.watch().setChangeTime(PairFiles.inode(files.at("a.py")), changed);
        tree.waitUntilSettled();

        assertThat(tree.refresh().reused()).as("the stamps hide the edit").isEqualTo(2);
        RefreshSummary hashing = tree.refresh(IndexedTree.WITHOUT_TRUST);
        assertThat(hashing.reused()).isZero();
        assertThat(hashing.hashed()).isEqualTo(4);
        assertThat(hashing.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
        assertThat(tree.refresh(IndexedTree.WITHOUT_TRUST).hashed()).isEqualTo(4);
    }
}
