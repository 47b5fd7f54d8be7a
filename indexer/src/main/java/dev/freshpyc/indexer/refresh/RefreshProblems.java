package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects a line for each entry that failed, while the other entries go on. */
final class RefreshProblems {

    /** Writes the records of an entry. */
    @FunctionalInterface
    interface CountedWork {

        /** Writes the records; returns how many have vanished. */
        long count() throws IOException;
    }

    private final List<String> lines = new ArrayList<>();

    void add(PathEntry entry, Reason reason) {
        String next = reason.equals(Reason.NO_ARCHIVE) ? "; 'freshpyc docs no-archive' says what to do" : "";
        lines.add(entry.path().shown() + ": cannot be read (" + reason.label() + ")" + next);
    }

    /** The count; when the task fails, 0, and a line is added. */
    long count(CountedWork work) {
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
