package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a part of an index file. Throws {@link UnusableIndexException} when the bytes cannot be used. */
@FunctionalInterface
public interface FileReader<T> {

    T read(Path file) throws IOException;
}
