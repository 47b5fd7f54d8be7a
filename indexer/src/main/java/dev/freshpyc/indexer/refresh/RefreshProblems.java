package dev.freshpyc.indexer.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects a line for each index that could not be read or written, while the run goes on with the other entries. */
final class RefreshProblems {

    /** Writes the records of an entry. */
    @FunctionalInterface
    interface CountedWork {

        /** Writes the records; returns how many have vanished. */
        long count() throws IOException;
    }

    private final List<String> lines = new ArrayList<>();

    /** The count that the task returns. If the task fails, the count is 0 and a line is added. */
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
