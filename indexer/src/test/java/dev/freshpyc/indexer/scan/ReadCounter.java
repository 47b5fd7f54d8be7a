package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CountedContents;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that one worker reads from files. */
final class ReadCounter extends ForwardingReader {

    private final AtomicLong bytes;

    /** @param bytes the number of bytes that all workers read */
    ReadCounter(TreeReader reader, AtomicLong bytes) {
        super(reader);
        this.bytes = bytes;
    }

    @Override
    public int readEnds(OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
        bytes.addAndGet(head.length + tail.length);
        return super.readEnds(directory, names, index, head, tail, into);
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        return counted(super.openContents(directory, names, index));
    }

    @Override
    public FileContents.Opening openFile(RawPath path, FileStat into) {
        return counted(super.openFile(path, into));
    }

    private FileContents.Opening counted(FileContents.Opening opening) {
        return switch (opening) {
            case FileContents.Opening.Open(FileContents contents) ->
                new FileContents.Opening.Open(new CountedContents(contents, bytes));
            case FileContents.Opening.Refused refused -> refused;
        };
    }
}
