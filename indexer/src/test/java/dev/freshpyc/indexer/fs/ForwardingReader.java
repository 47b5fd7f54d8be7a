package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;

/** Forwards every call to another reader; subclasses override the calls that a test changes. */
public class ForwardingReader implements TreeReader {

    private final TreeReader reader;

    protected ForwardingReader(TreeReader reader) {
        this.reader = reader;
    }

    @Override
    public Listing newListing() {
        return reader.newListing();
    }

    @Override
    public Opening openRoot(RawPath path) {
        return reader.openRoot(path);
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return reader.open(parent, name, followLink);
    }

    @Override
    public OpenDirectory.Identity identity(OpenDirectory directory) {
        return reader.identity(directory);
    }

    @Override
    public StampStability stability(OpenDirectory directory) {
        return reader.stability(directory);
    }

    @Override
    public void close(OpenDirectory directory) {
        reader.close(directory);
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        return reader.list(directory, into);
    }

    @Override
    public FileContents.Opening openFile(RawPath path, FileStat into) {
        return reader.openFile(path, into);
    }

    @Override
    public int stat(OpenDirectory directory, FileStat into) {
        return reader.stat(directory, into);
    }

    @Override
    public boolean isLink(OpenDirectory directory, Listing names, int index) {
        return reader.isLink(directory, names, index);
    }

    @Override
    public RawPath follow(OpenDirectory directory, Listing names, int index) {
        return reader.follow(directory, names, index);
    }

    @Override
    public RawPath realPath(OpenDirectory directory) {
        return reader.realPath(directory);
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        return reader.stat(directory, names, index, into);
    }

    @Override
    public int readEnds(OpenDirectory directory, Listing names, int index, byte[] head, byte[] tail, FileStat into) {
        return reader.readEnds(directory, names, index, head, tail, into);
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        return reader.openContents(directory, names, index);
    }

    @Override
    public void close() {
        reader.close();
    }
}
