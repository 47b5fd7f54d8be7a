package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits that times do not show, and times that mean nothing. */
class IndexRaceTest extends IndexedTreeTest {

    private static final String OLD = "x = 1\n";
    private static final String CACHED = "__pycache__/a.cpython-311.pyc";
    private static final String NEW = "x = 2\n";

    IndexRaceTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void anEditInTheTickOfTheObservationIsFound() throws Exception {
        long tick = tree.now().getEpochSecond();
        files.pair("a", OLD, tick);
        tree.refresh();

        files.source("a", NEW, tick);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
        files.touch("a", tick);
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void anEditInTheTickOfTheObservationOfAnOldTimeIsFound() throws Exception {
        files.pair("a", OLD);
        tree.refresh();

        files.source("a", NEW, PairFiles.MTIME);
        tree.waitLong();

        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void aFileThatVanishesMeanwhileHasVanishedAndIsNoTrouble() throws Exception {
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
    void aYoungPairIsStoredUndecidedAndReadNextTime() throws Exception {
        files.pair("a", OLD, tree.now().getEpochSecond());
        RefreshSummary first = tree.refresh();

        assertThat(first.verdicts().of(Verdict.Kind.UNDECIDED)).isEqualTo(1);
        tree.requireUndecided("a.py");
        tree.waitLong();
        RefreshSummary second = tree.refresh();
        assertThat(second.reused()).isZero();
        assertThat(second.verdicts().of(Verdict.Kind.FRESH)).isEqualTo(1);
        assertThat(tree.refresh().reused()).isEqualTo(1);
    }

    @Test
    void aYoungTimeOfChangeAloneIsTooYoung() throws Exception {
        files.pair("a", OLD);
        tree.refresh();

        tree.requireUndecided("a.py");
        tree.settle();
        assertThat(tree.refresh().reused()).isEqualTo(1);
    }

    @Test
    void timesInTheFarFutureAreNeitherWrongNorSlow() throws Exception {
        long future = tree.now().plus(Duration.ofDays(10_000)).getEpochSecond();
        files.pair("a", OLD, future);
        tree.watch().changed(PairFiles.inode(files.at("a.py")), Instant.ofEpochSecond(future));
        tree.settle();

        assertThat(tree.refresh().reused()).isEqualTo(1);
        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
        files.source("a", NEW, future);
        tree.waitLong();
        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }

    @Test
    void aClockThatJumpsBackIsNeitherWrongNorSlow() throws Exception {
        files.pair("a", OLD).pair("b", OLD);
        tree.settle();

        tree.setNow(Instant.ofEpochSecond(1_000_000_000));
        files.source("a", NEW, PairFiles.MTIME);
        RefreshSummary second = tree.refresh();
        assertThat(second.reused()).isEqualTo(1);
        assertThat(second.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);

        tree.waitLong();
        tree.refresh();
        assertThat(tree.refresh().reused()).isEqualTo(2);
        assertThat(tree.audit()).containsEntry("a.py", "impostor index").containsEntry("b.py", "fresh header");
    }

    @Test
    void anEditThatKeepsTimeSizeAndInodeIsFoundByItsTimeOfChange() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        long inode = PairFiles.inode(files.at("a.py"));

        tree.waitLong();
        files.source("a", NEW, PairFiles.MTIME);
        tree.waitLong();

        assertThat(PairFiles.inode(files.at("a.py"))).isEqualTo(inode);
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
    }

    @Test
    void anImageOfEqualLayoutIsToldByItsDevice() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        Instant changed = tree.watch().changeTime(PairFiles.inode(files.at("a.py")));
        files.source("a", NEW, PairFiles.MTIME);
        tree.watch().changed(PairFiles.inode(files.at("a.py")), changed);
        tree.waitLong();
        assertThat(tree.refresh().reused()).as("same device").isEqualTo(1);

        tree.watch().moveToOtherDevice();

        RefreshSummary elsewhere = tree.refresh();
        assertThat(elsewhere.reused()).isZero();
        assertThat(elsewhere.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
    }

    @Test
    void withoutTrustInStampsEverythingIsHashedEachTime() throws Exception {
        files.pair("a", OLD).pair("b", OLD);
        tree.settle();
        Instant changed = tree.watch().changeTime(PairFiles.inode(files.at("a.py")));

        files.source("a", NEW, PairFiles.MTIME);
        tree.watch().changed(PairFiles.inode(files.at("a.py")), changed);
        tree.waitLong();

        assertThat(tree.refresh().reused()).as("nothing to be seen by stamps").isEqualTo(2);
        RefreshSummary hashing = tree.refresh(IndexedTree.WITHOUT_TRUST);
        assertThat(hashing.reused()).isZero();
        assertThat(hashing.hashed()).isEqualTo(4);
        assertThat(hashing.verdicts().of(Verdict.Kind.IMPOSTOR)).isEqualTo(1);
        assertThat(tree.refresh(IndexedTree.WITHOUT_TRUST).hashed()).isEqualTo(4);
    }
}
