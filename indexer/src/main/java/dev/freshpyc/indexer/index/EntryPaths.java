package dev.freshpyc.indexer.index;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.nio.PathNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/** One name for each path entry, whatever name it was given by: an index is kept for the directory and not for the name. */
public final class EntryPaths {

    private static final PathNames NAMES = new PathNames();

    private EntryPaths() {}

    /** Whether there is a directory of that path now. */
    public static boolean exists(RawPath entry) {
        try {
            return Files.isDirectory(NAMES.toPath(entry));
        } catch (InvalidPathException invalid) {
            return false;
        }
    }

    /** The path without links and dots; of what does not exist, the absolute path as it is. */
    public static RawPath canonical(RawPath entry) {
        try {
            return NAMES.rawPath(NAMES.toPath(entry).toRealPath());
        } catch (IOException | InvalidPathException absent) {
            return entry.absolute();
        }
    }
}
