package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Writes a new file. */
public interface FileWriter {

    /** Writes the whole file to a channel at position 0. */
    void write(FileChannel channel) throws IOException;

    /**
     * Called right before the rename, when the file is on the disk. The method may still correct and force the file. If the
     * method returns false, the file is deleted.
     */
    default boolean stillWanted(FileChannel channel) throws IOException {
        return true;
    }
}
