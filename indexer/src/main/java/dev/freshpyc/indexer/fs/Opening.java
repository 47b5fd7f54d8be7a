package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.Errno;

/** An attempt to open a directory. */
public sealed interface Opening {

    record Open(OpenDirectory directory) implements Opening {}

    record Refused(Errno errno) implements Opening {}
}
