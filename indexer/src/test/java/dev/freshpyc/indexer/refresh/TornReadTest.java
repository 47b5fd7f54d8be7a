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

/** Files that change while a run reads them: what was read is not taken for what is there. */
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
        tree.waitLong();
        tree.watch().onceAt(moment, () -> files.source("a", NEW, PairFiles.MTIME + 60));

        RefreshSummary first = tree.refresh();

        assertThat(first.verdicts().of(Verdict.Kind.UNDECIDED)).isEqualTo(1);
        tree.requireUndecided("a.py");
        tree.waitLong();
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.STALE)).isEqualTo(1);
    }

    @Test
    void aBodyThatChangesWhileItIsReadIsStoredUndecided() throws Exception {
        files.pair("a", OLD);
        tree.waitLong();
        FileWatch watch = tree.watch();
        watch.onceAt(
                FileWatch.Moment.READ,
                () -> watch.onceAt(FileWatch.Moment.OPEN_CONTENTS, () -> files.compiled("a", NEW, 1)));

        tree.refresh();

        requireTorn(tree.record("a.py").orElseThrow().pycs().getFirst());
        tree.waitLong();
        assertThat(tree.refresh().verdicts().of(Verdict.Kind.STALE)).isEqualTo(1);
    }

    /** Its stamp was still the old one, so the digest of the old body was at hand; the header was already the new one's. */
    @ParameterizedTest
    @ValueSource(longs = {MTIME_OF_NEW, 1})
    void aBodyThatIsReplacedBeforeItsHeaderIsReadIsNotTakenForTheOldOne(long header) throws Exception {
        files.pair("a", OLD);
        tree.settle();
        files.source("a", NEW, MTIME_OF_NEW);
        tree.waitLong();
        tree.watch().onceAt(FileWatch.Moment.READ_HEAD, () -> files.compiled("a", NEW, header));

        tree.refresh();

        requireTorn(tree.record("a.py").orElseThrow().pycs().getFirst());
        files.compiled("a", OLD, NEW.length(), MTIME_OF_NEW);
        tree.waitLong();
        assertThat(tree.audit()).containsEntry("a.py", "fresh header");
    }

    @Test
    void aSourceThatGrowsWhileItIsReadAgainIsNotProven() throws Exception {
        files.pair("a", OLD);
        tree.settle();
        files.touch("a", 0);
        tree.waitLong();
        tree.watch()
                .onceAt(FileWatch.Moment.READ, () -> Files.writeString(files.at("a.py"), "much longer than before"));

        assertThat(tree.refresh().verdicts().of(Verdict.Kind.NEEDLESS)).isZero();
        tree.settle();
        assertThat(tree.audit()).containsEntry("a.py", "stale index");
    }

    /** It says that nothing is known of the body, and so nothing is proven. */
    private static void requireTorn(PycRecord torn) {
        assertThat(torn.stamp()).isEqualTo(FileStamp.UNSETTLED);
        assertThat(torn.body()).isNull();
        assertThat(torn.provenFor()).isNull();
        assertThat(torn.verdict().kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    }
}
