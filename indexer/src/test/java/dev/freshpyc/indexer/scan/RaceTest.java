package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes between the listing of a directory and the look at its files: a finding, and the scan goes on. */
class RaceTest extends TreeScannerContract {

    private static final String CACHED = "__pycache__/a.cpython-311.pyc";

    @BeforeEach
    void requireARace() {
        requireDisk("a change of the disk does not reach a tree in memory");
    }

    @Test
    void aBytecodeFileThatVanishesIsAFinding() throws Exception {
        tree.pairs("a", "b");

        Scan scan = meddling(MeddlingFiles.Moment.READ_HEAD, () -> Files.deleteIfExists(tree.at(CACHED)));

        assertThat(scan.pairs()).containsExactly(pair("a"), pair("b"));
        assertThat(pyc(scan)).isEqualTo(new PycState.Unreadable(Errno.ENOENT));
    }

    @Test
    void aSourceThatVanishesIsNone() throws Exception {
        tree.pairs("a", "b");

        Scan scan = meddling(MeddlingFiles.Moment.STAT, () -> Files.deleteIfExists(tree.at("a.py")));

        assertThat(scan.pairs()).containsExactly("- <- " + CACHED, pair("b"));
    }

    @Test
    void aDirectoryThatVanishesIsAFinding() throws Exception {
        tree.pairs("a").directories("gone");

        Scan scan = meddling(MeddlingFiles.Moment.OPEN, () -> Files.deleteIfExists(tree.at("gone")));

        assertThat(scan.pairs()).containsExactly(pair("a"));
        assertThat(scan.refusals()).containsExactly("gone ENOENT");
    }

    @Test
    void aFileThatBecomesAFifoDoesNotBlock() throws Exception {
        tree.pairs("a", "b");
        assumeTrue(Tree.runs("mkfifo", tree.at("fifo")), "NOT RUN: no mkfifo");

        Scan scan = meddling(MeddlingFiles.Moment.READ_HEAD, () -> replace("fifo", CACHED));

        assertThat(scan.pairs()).containsExactly(pair("a"), pair("b"));
        assertThat(pyc(scan)).isNotInstanceOf(PycState.Read.class);
    }

    @Test
    void aDirectoryThatBecomesALinkIsNotFollowed() throws Exception {
        Tree other = outside("other").pairs("secret");
        tree.pairs("pkg/a").link("link", other.root());

        Scan scan = meddling(MeddlingFiles.Moment.OPEN, () -> {
            if (Files.isDirectory(tree.at("pkg"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                Files.move(tree.at("pkg"), tree.at("../was"));
                Files.move(tree.at("link"), tree.at("pkg"));
            }
        });

        assertThat(scan.pairs()).isEmpty();
        assertThat(scan.refusals()).anyMatch(refusal -> refusal.matches("pkg (ELOOP|ENOTDIR)"));
    }

    @Test
    void aSourceThatGrowsWhileItIsHashedIsChanging() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = meddling(MeddlingFiles.Moment.OPEN_CONTENTS, () -> append("a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatShrinksWhileItIsReadIsChanging() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = meddling(MeddlingFiles.Moment.READ, () -> Files.writeString(tree.at("a.py"), ""));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatGrowsWhileItIsReadIsChanging() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = meddling(MeddlingFiles.Moment.READ, () -> append("a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatVanishesBeforeItIsHashedIsUnreadable() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = meddling(MeddlingFiles.Moment.OPEN_CONTENTS, () -> Files.deleteIfExists(tree.at("a.py")));

        assertThat(content(scan)).isEqualTo(new SourceContent.Unreadable(Errno.ENOENT));
    }

    @Test
    void aSourceThatBecomesAFifoBeforeItIsHashedDoesNotBlock() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());
        assumeTrue(Tree.runs("mkfifo", tree.at("fifo")), "NOT RUN: no mkfifo");

        Scan scan = meddling(MeddlingFiles.Moment.OPEN_CONTENTS, () -> replace("fifo", "a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Unreadable.class);
    }

    @Test
    void aBrokenVisitorEndsTheScanWithItsReason() throws Exception {
        tree.pairs("a", "b", "c/d");

        assertThatThrownBy(() -> meddling(MeddlingFiles.Moment.READ_HEAD, () -> {
                    throw new IOException("out of order");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("out of order");
    }

    private Scan meddling(MeddlingFiles.Moment moment, MeddlingFiles.Deed deed)
            throws IOException, InterruptedException {
        Supplier<TreeReader> files = files();
        return Scan.of(() -> new MeddlingFiles(files.get(), moment, deed), workers(2), tree.root());
    }

    private void replace(String from, String to) throws IOException {
        if (Files.exists(tree.at(from))) {
            Files.move(tree.at(from), tree.at(to), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void append(String name) throws IOException {
        Files.writeString(tree.at(name), "more = 2\n", StandardOpenOption.APPEND);
    }

    private static byte[] hashBased() {
        byte[] bytes = Tree.bytecode();
        bytes[4] = 0b11;
        return bytes;
    }

    private static PycState pyc(Scan scan) {
        return scan.seen().stream()
                .filter(seen -> seen.pyc().equals(CACHED))
                .map(Scan.Seen::pycState)
                .findFirst()
                .orElseThrow();
    }

    private static SourceContent content(Scan scan) {
        return ((SourceState.Present) scan.one().observation().source()).content();
    }
}
