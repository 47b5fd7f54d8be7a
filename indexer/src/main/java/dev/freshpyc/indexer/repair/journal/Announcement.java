package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Writes to a journal which directories may hold new files, many directories at once. */
final class Announcement {

    private static final int AT_ONCE = 4096;

    private final Journal journal;
    private final Set<RawPath> directories = new LinkedHashSet<>();

    Announcement(Journal journal) {
        this.journal = journal;
    }

    /** Adds a directory; a few thousand are written together. */
    void add(RawPath directory) {
        directories.add(directory);
        if (directories.size() >= AT_ONCE) {
            finish();
        }
    }

    /**
     * Writes what is left.
     *
     * @throws UncheckedIOException when the disk is full
     */
    void finish() {
        try {
            journal.beginAll(directories);
            journal.forgetDirectories();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        directories.clear();
    }
}
