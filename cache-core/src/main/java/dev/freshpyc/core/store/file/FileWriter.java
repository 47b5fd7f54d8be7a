package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Writes a new file. */
public interface FileWriter {

    /** Writes all of it to a channel that stands at its beginning. */
    void write(FileChannel channel) throws IOException;

    /**
     * Asked right before the rename, when everything is on the disk: the last moment to correct what was written (and
     * force that), or to answer false and drop it.
     */
    default boolean stillWanted(FileChannel channel) throws IOException {
        return true;
    }
}
