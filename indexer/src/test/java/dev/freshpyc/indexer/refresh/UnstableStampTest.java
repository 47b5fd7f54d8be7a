package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On file systems whose stamps do not identify content, an equal stamp alone proves nothing: files are read again. */
class UnstableStampTest extends IndexedTreeTest {

    UnstableStampTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "erofs", "squashfs", "nfs", "fuse.sshfs"})
    void aRefreshReadsUnchangedFilesAgain(String fileSystem) throws Exception {
        files.pair("a", "x = 1\n").pair("pkg/b", "y = 2\n");
        tree.settle();
        assertThat(tree.refresh().reused()).as("on ext4").isEqualTo(2);

        tree.watch().mountedAs(fileSystem);
        RefreshSummary again = tree.refresh();

        assertThat(again.reused()).isZero();
        assertThat(again.hashed()).isEqualTo(4);
        assertThat(again.verdicts().of(Verdict.Kind.FRESH)).isEqualTo(2);
    }

    @Test
    void noDirectoryIsSealed() throws Exception {
        tree.watch().mountedAs("overlay");
        files.pair("a", "x = 1\n");
        tree.settle();
        tree.settle();

        assertThat(tree.store().seals(tree.key()).orElseThrow().directories()).isEmpty();
    }

    /** Another image is mounted in the same place: only the content of the file differs, not its stamp. */
    @Test
    void anAuditSeesAnotherContentBehindAnEqualStamp() throws Exception {
        files.pair("a", "x = 1\n");
        tree.settle();
        Instant changed = tree.watch().changeTime(PairFiles.inode(files.at("a.py")));
        files.source("a", "x = 2\n", PairFiles.MTIME);
        tree.watch().setChangeTime(PairFiles.inode(files.at("a.py")), changed);
        tree.waitUntilSettled();
        assertThat(tree.audit()).as("an equal stamp suffices on ext4").containsEntry("a.py", "fresh header");

        tree.watch().mountedAs("erofs");

        assertThat(tree.audit()).containsEntry("a.py", "impostor index");
    }
}
