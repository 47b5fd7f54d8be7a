package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.change.FileChange;

/**
 * A change that was made, or that turned out to be unnecessary because the file has the wanted bytes already.
 *
 * @param atNanos when the file was written or compared, by {@link System#nanoTime}
 */
public record WrittenChange(FileChange change, long atNanos) {

    /** A change that was made just now. */
    static WrittenChange now(FileChange change) {
        return new WrittenChange(change, System.nanoTime());
    }
}
