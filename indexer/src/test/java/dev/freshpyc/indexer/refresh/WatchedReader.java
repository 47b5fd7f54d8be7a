package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import java.time.Instant;

/** The reader of one worker. The reader reports to a {@link FileWatch}, and takes times and devices from the watch. */
final class WatchedReader extends ForwardingReader {

    private final FileWatch watch;

    WatchedReader(TreeReader reader, FileWatch watch) {
        super(reader);
        this.watch = watch;
    }

    @Override
    public Opening openRoot(RawPath path) {
        return watch.refuses(path.name().toPython()) ? refusal() : super.openRoot(path);
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        String shown = name.toPython();
        watch.openedDirectory(shown);
        return watch.refuses(shown) ? refusal() : super.open(parent, name, followLink);
    }

    @Override
    public Identity identity(OpenDirectory directory) {
        Identity real = super.identity(directory);
        return new Identity(watch.device(real.device()), real.inode());
    }

    /** The stability that the test chose, so that tests run alike on every file system. */
    @Override
    public StampStability stability(OpenDirectory directory) {
        return watch.stability();
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        int code = super.stat(directory, names, index, into);
        if (code == 0) {
            change(into);
        }
        return code;
    }

    private void change(FileStat stat) {
        FileStamp real = stat.toStamp();
        stat.set(stat.type(), real.size(), real.inode(), watch.device(real.device()));
        Instant changed = watch.changeTime(real.inode());
        stat.setCtime(changed.getEpochSecond(), changed.getNano());
        watch.birthTime(real.inode()).ifPresent(birth -> stat.setBirth(birth.getEpochSecond(), birth.getNano()));
    }

    @Override
    public int readEnds(OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
        watch.readFile();
        watch.reached(FileWatch.Moment.READ_HEAD);
        int read = super.readEnds(directory, names, index, head, tail, into);
        if (read >= 0) {
            change(into);
        }
        return read;
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        watch.readFile();
        watch.reached(FileWatch.Moment.OPEN_CONTENTS);
        FileContents.Opening opening = super.openContents(directory, names, index);
        watch.reached(FileWatch.Moment.READ);
        return opening;
    }

    private static Opening refusal() {
        return new Opening.Refused(Errno.EACCES);
    }
}
