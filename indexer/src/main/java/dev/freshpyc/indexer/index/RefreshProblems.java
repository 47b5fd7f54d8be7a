package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with single entries, while the others went on: a line each. */
final class RefreshProblems {

    /** Something that counts records and may fail to write them. */
    @FunctionalInterface
    interface Counted {
        long count() throws IOException;
    }

    private final List<String> lines = new ArrayList<>();

    void add(PathEntry entry, Errno errno) {
        lines.add(entry.path().shown() + ": cannot be read (" + errno + ")");
    }

    /** The count, or 0 and a line when it failed. */
    long count(Counted work) {
        try {
            return work.count();
        } catch (IOException refused) {
            lines.add(String.valueOf(refused.getMessage()));
        }
        return 0;
    }

    List<String> lines() {
        return lines;
    }
}
