package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that changes while a refresh reads it is stored undecided, and read again by the next refresh. */
class TornReadTest extends IndexedTreeTest {

    private static final String OLD = "x = 1\n";
    private static final String NEW = "x = 2\n";
    private static final long MTIME_OF_NEW = PairFiles.MTIME + 60;

    TornReadTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatChangesWhileItIsReadIsStoredUndecided(FileWatch.Moment moment) throws Exception {
        files.pair("a", OLD);
        tree.waitUntilSettled();
        tree.watch().onceAt(moment, () -> files.source("a", NEW, PairFiles.MTIME + 60));

        RefreshSummary first = tree.refresh();

        assertThat(first.verdicts().of(Verdict.Kind.UNDECIDED)).isEqualTo(1);
        tree.assertUndecided("a.py");
        tree.waitUntilSettled();
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.STALE)).isEqualTo(1);
    }

    @Test
    void aBodyThatChangesWhileItIsReadIsStoredUndecided() throws Exception {
        files.pair("a", OLD);
        tree.waitUntilSettled();
        FileWatch watch = tree.watch();
        watch.onceAt(
                FileWatch.Moment.READ,
                () -> watch.onceAt(FileWatch.Moment.OPEN_CONTENTS, () -> files.compiled("a", NEW, 1)));

        tree.refresh();

        assertUndecidedWithoutDigest(tree.record("a.py").orElseThrow().pycs().getFirst());
        tree.waitUntilSettled();
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.STALE)).isEqualTo(1);
    }

    /** The refresh stats the old pyc, whose body digest the index knows, but reads the header of the new pyc. */
    @ParameterizedTest
    @ValueSource(longs = {MTIME_OF_NEW, 1})
    void aPycThatIsReplacedBeforeItsHeaderIsReadIsStoredUndecided(long header) throws Exception {
        files.pair("a", OLD);
        tree.settle();
        files.source("a", NEW, MTIME_OF_NEW);
        tree.waitUntilSettled();
        tree.watch().onceAt(FileWatch.Moment.READ_HEAD, () -> files.compiled("a", NEW, header));

        tree.refresh();

        assertUndecidedWithoutDigest(tree.record("a.py").orElseThrow().pycs().getFirst());
        files.compiled("a", OLD, NEW.length(), MTIME_OF_NEW);
        tree.waitUntilSettled();
        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
    }

    @Test
    void aSourceThatGrowsWhileItIsReadIsNotProven() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        files.touch("a", 0);
        tree.waitUntilSettled();
        tree.watch()
                .onceAt(FileWatch.Moment.READ, () -> Files.writeString(files.at("a.py"), "much longer than before"));

        assertThat(tree.refresh().verdicts().of(Verdict.Kind.NEEDLESS)).isZero();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
    }

    /** Requires an undecided record without a digest of the body and without a proof. */
    private static void assertUndecidedWithoutDigest(PycRecord pyc) {
        assertThat(pyc.stamp()).isEqualTo(FileStamp.UNSETTLED);
        assertThat(pyc.body()).isNull();
        assertThat(pyc.provenFor()).isNull();
        assertThat(pyc.verdict().kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    }
}
