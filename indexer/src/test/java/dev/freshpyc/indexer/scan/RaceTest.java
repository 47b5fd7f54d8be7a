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
import dev.freshpyc.indexer.testing.Programs;
import dev.freshpyc.indexer.testing.TreeEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A file changes after its directory was listed and before the file is read: the scan reports the change and goes on.
 */
class RaceTest extends TreeScannerContract {

    private static final String CACHED = "__pycache__/a.cpython-311.pyc";

    @BeforeEach
    void requireTreeOnDisk() {
        requireDisk("a change of the disk does not reach a tree in memory");
    }

    @Test
    void aPycThatVanishesIsUnreadable() throws Exception {
        tree.pairs("a", "b");

        Scan scan = scanWithEdit(RacingReader.Moment.READ_HEAD, () -> Files.deleteIfExists(tree.at(CACHED)));

        assertThat(scan.pairs()).containsExactly(pair("a"), pair("b"));
        assertThat(pyc(scan)).isEqualTo(new PycState.Unreadable(Errno.ENOENT));
    }

    @Test
    void aSourceThatVanishesIsAbsent() throws Exception {
        tree.pairs("a", "b");

        Scan scan = scanWithEdit(RacingReader.Moment.STAT, () -> Files.deleteIfExists(tree.at("a.py")));

        assertThat(scan.pairs()).containsExactly("- <- " + CACHED, pair("b"));
    }

    @Test
    void aDirectoryThatVanishesIsRefused() throws Exception {
        tree.pairs("a").directories("gone");

        Scan scan = scanWithEdit(RacingReader.Moment.OPEN, () -> Files.deleteIfExists(tree.at("gone")));

        assertThat(scan.pairs()).containsExactly(pair("a"));
        assertThat(scan.refusals()).containsExactly("gone ENOENT");
    }

    @Test
    void aPycThatBecomesAFifoDoesNotBlock() throws Exception {
        tree.pairs("a", "b");
        assumeTrue(Programs.succeeds("mkfifo", tree.at("fifo")), "NOT RUN: no mkfifo");

        Scan scan = scanWithEdit(RacingReader.Moment.READ_HEAD, () -> replace("fifo", CACHED));

        assertThat(scan.pairs()).containsExactly(pair("a"), pair("b"));
        assertThat(pyc(scan)).isNotInstanceOf(PycState.Read.class);
    }

    @Test
    void aDirectoryThatBecomesALinkIsNotFollowed() throws Exception {
        Tree other = outside("other").pairs("secret");
        tree.pairs("pkg/a").link("link", other.root());

        Scan scan = scanWithEdit(RacingReader.Moment.OPEN, () -> {
            if (Files.isDirectory(tree.at("pkg"), LinkOption.NOFOLLOW_LINKS)) {
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

        Scan scan = scanWithEdit(RacingReader.Moment.OPEN_CONTENTS, () -> append("a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatShrinksWhileItIsReadIsChanging() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = scanWithEdit(RacingReader.Moment.READ, () -> Files.writeString(tree.at("a.py"), ""));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatGrowsWhileItIsReadIsChanging() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = scanWithEdit(RacingReader.Moment.READ, () -> append("a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Changing.class);
    }

    @Test
    void aSourceThatVanishesBeforeItIsHashedIsUnreadable() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());

        Scan scan = scanWithEdit(RacingReader.Moment.OPEN_CONTENTS, () -> Files.deleteIfExists(tree.at("a.py")));

        assertThat(content(scan)).isEqualTo(new SourceContent.Unreadable(Errno.ENOENT));
    }

    @Test
    void aSourceThatBecomesAFifoBeforeItIsHashedDoesNotBlock() throws Exception {
        tree.pairs("a");
        Files.write(tree.at(CACHED), hashBased());
        assumeTrue(Programs.succeeds("mkfifo", tree.at("fifo")), "NOT RUN: no mkfifo");

        Scan scan = scanWithEdit(RacingReader.Moment.OPEN_CONTENTS, () -> replace("fifo", "a.py"));

        assertThat(content(scan)).isInstanceOf(SourceContent.Unreadable.class);
    }

    @Test
    void anUnexpectedExceptionEndsTheScanAndIsReportedAsTheCause() throws Exception {
        tree.pairs("a", "b", "c/d");

        assertThatThrownBy(() -> scanWithEdit(RacingReader.Moment.READ_HEAD, () -> {
                    throw new IOException("out of order");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("out of order");
    }

    private Scan scanWithEdit(RacingReader.Moment moment, TreeEdit edit) throws IOException, InterruptedException {
        Supplier<TreeReader> files = files();
        return Scan.of(() -> new RacingReader(files.get(), moment, edit), workers(2), tree.root());
    }

    private void replace(String from, String to) throws IOException {
        if (Files.exists(tree.at(from))) {
            Files.move(tree.at(from), tree.at(to), StandardCopyOption.REPLACE_EXISTING);
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
        return ((SourceState.Present) scan.only().observation().source()).content();
    }
}
