package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import java.io.IOException;

/** An open file of the writing port, for those who read archives. Closing the contents leaves the file open. */
record OpenFileContents(TreeWriter editor, OpenFile file, long size) implements FileContents {

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return editor.read(file, position, into, offset, length);
    }

    @Override
    public Sha256 sha256(long position) throws IOException {
        return editor.sha256(file, position, size);
    }

    @Override
    public void close() {}
}
