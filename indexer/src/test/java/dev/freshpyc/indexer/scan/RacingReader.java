package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.testing.TreeEdit;

/** Edits the tree at a chosen moment of a scan, so that a test can cause a race without depending on time. */
final class RacingReader extends ForwardingReader {

    enum Moment {
        OPEN,
        STAT,
        READ_HEAD,
        OPEN_CONTENTS,
        /** After the file was opened, before the first read. */
        READ
    }

    private final Moment moment;
    private final TreeEdit edit;

    RacingReader(TreeReader files, Moment moment, TreeEdit edit) {
        super(files);
        this.moment = moment;
        this.edit = edit;
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        reach(Moment.OPEN);
        return super.open(parent, name, followLink);
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        reach(Moment.STAT);
        return super.stat(directory, names, index, into);
    }

    @Override
    public int readEnds(OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
        reach(Moment.READ_HEAD);
        return super.readEnds(directory, names, index, head, tail, into);
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        reach(Moment.OPEN_CONTENTS);
        FileContents.Opening opening = super.openContents(directory, names, index);
        reach(Moment.READ);
        return opening;
    }

    private void reach(Moment now) {
        if (now == moment) {
            edit.runUnchecked();
        }
    }
}
