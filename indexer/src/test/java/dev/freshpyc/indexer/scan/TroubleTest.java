package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingFiles;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** A disk that fails: each failure is a finding where it happened, and everything else is seen all the same. */
class TroubleTest extends TreeScannerContract {

    private static final int EIO = -Errno.EIO.number();

    @Test
    void aDirectoryThatCannotBeListedIsAFinding() throws Exception {
        tree.pairs("a", "pkg/b");

        Scan scan = Scan.of(Unlistable::new, workers(1), tree.root());

        assertThat(scan.refusals()).containsExactly("pkg EIO");
        assertThat(scan.pairs()).containsExactly(pair("a"));
    }

    @Test
    void aDirectoryThatCannotBeOpenedIsAFinding() throws Exception {
        tree.pairs("a", "pkg/b");

        Scan scan = Scan.of(Unopenable::new, workers(1), tree.root());

        assertThat(scan.refusals()).containsExactly("__pycache__ EIO", "pkg EIO");
        assertThat(scan.pairs()).isEmpty();
    }

    @Test
    void aSourceThatCannotBeLookedAtIsKeptApartFromNone() throws Exception {
        tree.pairs("a");

        Scan scan = Scan.of(Unstatable::new, workers(1), tree.root());

        assertThat(scan.one().observation().source()).isEqualTo(new SourceState.Unreachable(Errno.EIO));
        assertThat(scan.one().pair()).isEqualTo(pair("a"));
    }

    @Test
    void aFileThatCannotBeReadIsAFinding() throws Exception {
        tree.pairs("a");

        assertThat(Scan.of(Unreadable::new, workers(1), tree.root()).one().pycState())
                .isEqualTo(new PycState.Unreadable(Errno.EIO));
    }

    private TreeReader healthy() {
        try {
            return files().get();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Fails below the entry. */
    private final class Unlistable extends ForwardingFiles {
        private int lists;

        Unlistable() {
            super(healthy());
        }

        @Override
        public int list(OpenDirectory directory, Listing into) {
            return ++lists > 2 ? EIO : super.list(directory, into);
        }
    }

    private final class Unopenable extends ForwardingFiles {
        Unopenable() {
            super(healthy());
        }

        @Override
        public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
            return new Opening.Refused(Errno.EIO);
        }
    }

    private final class Unstatable extends ForwardingFiles {
        Unstatable() {
            super(healthy());
        }

        @Override
        public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
            return EIO;
        }
    }

    private final class Unreadable extends ForwardingFiles {
        Unreadable() {
            super(healthy());
        }

        @Override
        public int readHead(OpenDirectory directory, Listing names, int index, byte[] head) {
            return EIO;
        }
    }
}
