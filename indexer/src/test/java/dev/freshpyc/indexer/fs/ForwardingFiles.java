package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;

/** Passes everything on; tests override what goes wrong. */
public class ForwardingFiles implements TreeReader {

    private final TreeReader files;

    protected ForwardingFiles(TreeReader files) {
        this.files = files;
    }

    @Override
    public Listing newListing() {
        return files.newListing();
    }

    @Override
    public Opening openRoot(RawPath path) {
        return files.openRoot(path);
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return files.open(parent, name, followLink);
    }

    @Override
    public OpenDirectory.Identity identity(OpenDirectory directory) {
        return files.identity(directory);
    }

    @Override
    public StampStability stability(OpenDirectory directory) {
        return files.stability(directory);
    }

    @Override
    public void close(OpenDirectory directory) {
        files.close(directory);
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        return files.list(directory, into);
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        return files.stat(directory, names, index, into);
    }

    @Override
    public int readHead(OpenDirectory directory, Listing names, int index, byte[] head) {
        return files.readHead(directory, names, index, head);
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        return files.openContents(directory, names, index);
    }

    @Override
    public void close() {
        files.close();
    }
}
