package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingFiles;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Does something to the tree at a moment when a scan has looked and not yet touched: every race, without a race. */
final class MeddlingFiles extends ForwardingFiles {

    enum Moment {
        OPEN,
        STAT,
        READ_HEAD,
        OPEN_CONTENTS,
        /** Between the opening and the first read. */
        READ
    }

    interface Deed {
        void run() throws IOException;
    }

    private final Moment moment;
    private final Deed deed;

    MeddlingFiles(TreeReader files, Moment moment, Deed deed) {
        super(files);
        this.moment = moment;
        this.deed = deed;
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        meddle(Moment.OPEN);
        return super.open(parent, name, followLink);
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        meddle(Moment.STAT);
        return super.stat(directory, names, index, into);
    }

    @Override
    public int readHead(OpenDirectory directory, Listing names, int index, byte[] head) {
        meddle(Moment.READ_HEAD);
        return super.readHead(directory, names, index, head);
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        meddle(Moment.OPEN_CONTENTS);
        FileContents.Opening opening = super.openContents(directory, names, index);
        meddle(Moment.READ);
        return opening;
    }

    private void meddle(Moment now) {
        if (now == moment) {
            try {
                deed.run();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
