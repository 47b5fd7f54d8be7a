package dev.freshpyc.indexer.image.output;

import java.io.IOException;
import java.io.InputStream;

/** Takes the parts of an image. Nothing has the final name before {@link #commit}, and nothing is left without it. */
interface ImageOutput extends AutoCloseable {

    /** Writes a part of {@code size} bytes; each name is written once. */
    void write(String name, InputStream content, long size) throws IOException;

    /** Whether the image is one file, so that the list of Docker belongs into it. */
    boolean isArchive();

    /** Gives the image its name. */
    void commit() throws IOException;

    /** Removes what was written without being committed. */
    @Override
    void close() throws IOException;
}
