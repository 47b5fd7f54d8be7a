package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Reads an index file as far as its reader needs; {@link NotAnIndexException} when it is none. */
@FunctionalInterface
public interface FileReader<T> {

    T read(Path file) throws IOException;
}
