package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.record.Sha256;
import java.io.IOException;

/** A regular file that is open for reading. */
public interface FileContents extends ByteSource, AutoCloseable {

    /** The size when it was opened, in bytes. */
    long size();

    /**
     * The SHA-256 of all bytes from {@code position} to {@link #size()}.
     *
     * @throws IOException when they cannot be read, or are not there any more
     */
    Sha256 sha256(long position) throws IOException;

    @Override
    void close();

    /** An attempt to open. */
    sealed interface Opening {
        record Open(FileContents contents) implements Opening {}

        /**
         * It could not be opened.
         *
         * @param code a negated errno, or {@link TreeReader#NOT_A_FILE}
         */
        record Refused(int code) implements Opening {}
    }
}
