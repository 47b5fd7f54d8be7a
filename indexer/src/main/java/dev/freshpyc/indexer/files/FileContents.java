package dev.freshpyc.indexer.files;

import dev.freshpyc.core.file.ByteSource;

/** A regular file that is open for reading. */
public interface FileContents extends ByteSource, AutoCloseable {

    /** The size when it was opened, in bytes. */
    long size();

    @Override
    void close();

    /** An attempt to open. */
    sealed interface Opening {
        record Open(FileContents contents) implements Opening {}

        /**
         * It could not be opened.
         *
         * @param code a negated errno, or {@link FileAccess#NOT_A_FILE}
         */
        record Refused(int code) implements Opening {}
    }
}
