package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Reads what the caller needs of an index file; {@link UnusableIndexException} when its bytes cannot be used. */
@FunctionalInterface
public interface FileReader<T> {

    T read(Path file) throws IOException;
}
