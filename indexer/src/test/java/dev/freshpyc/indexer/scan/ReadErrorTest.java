package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** A scan of a disk with read errors reports the file or directory of each error, and shows all other files. */
class ReadErrorTest extends TreeScannerContract {

    private static final int EIO = -Errno.EIO.number();

    @Test
    void aDirectoryThatCannotBeListedIsRefused() throws Exception {
        tree.pairs("a", "pkg/b");

        Scan scan = Scan.of(Unlistable::new, workers(1), tree.root());

        assertThat(scan.refusals()).containsExactly("pkg EIO");
        assertThat(scan.pairs()).containsExactly(pair("a"));
    }

    @Test
    void aDirectoryThatCannotBeOpenedIsRefused() throws Exception {
        tree.pairs("a", "pkg/b");

        Scan scan = Scan.of(Unopenable::new, workers(1), tree.root());

        assertThat(scan.refusals()).containsExactly("__pycache__ EIO", "pkg EIO");
        assertThat(scan.pairs()).isEmpty();
    }

    @Test
    void aSourceWhoseStatFailsIsUnreachableNotAbsent() throws Exception {
        tree.pairs("a");

        Scan scan = Scan.of(Unstatable::new, workers(1), tree.root());

        assertThat(scan.only().observation().source()).isEqualTo(new SourceState.Unreachable(Errno.EIO));
        assertThat(scan.only().pair()).isEqualTo(pair("a"));
    }

    @Test
    void aPycThatCannotBeReadIsUnreadable() throws Exception {
        tree.pairs("a");

        assertThat(Scan.of(Unreadable::new, workers(1), tree.root()).only().pycState())
                .isEqualTo(new PycState.Unreadable(Errno.EIO));
    }

    private TreeReader healthy() {
        try {
            return files().get();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Fails from the third listing on: the first two list the entry and its cache directory. */
    private final class Unlistable extends ForwardingReader {
        private int lists;

        Unlistable() {
            super(healthy());
        }

        @Override
        public int list(OpenDirectory directory, Listing into) {
            return ++lists > 2 ? EIO : super.list(directory, into);
        }
    }

    private final class Unopenable extends ForwardingReader {
        Unopenable() {
            super(healthy());
        }

        @Override
        public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
            return new Opening.Refused(Errno.EIO);
        }
    }

    private final class Unstatable extends ForwardingReader {
        Unstatable() {
            super(healthy());
        }

        @Override
        public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
            return EIO;
        }
    }

    private final class Unreadable extends ForwardingReader {
        Unreadable() {
            super(healthy());
        }

        @Override
        public int readEnds(
                OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
            return EIO;
        }
    }
}
