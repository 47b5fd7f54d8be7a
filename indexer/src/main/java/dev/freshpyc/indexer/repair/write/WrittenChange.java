package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.change.FileChange;

/**
 * A change that is made, or a file that turned out to be right as it is.
 *
 * @param atNanos when the file was written, or found right, by {@link System#nanoTime}
 */
public record WrittenChange(FileChange change, long atNanos) {

    /** A change that was made just now. */
    static WrittenChange now(FileChange change) {
        return new WrittenChange(change, System.nanoTime());
    }
}
