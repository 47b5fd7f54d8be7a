package dev.freshpyc.indexer.scan;

import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;

/** Is shown the directory of each entry once, while a walk has it open. Called by all workers. */
@FunctionalInterface
public interface EntryVisitor {

    /** Does nothing. */
    EntryVisitor NONE = (_, _, _) -> {};

    /**
     * A worker is about to list the directory of an entry, which must not be listed or closed here.
     *
     * @param files of the worker
     */
    void entered(PathEntry entry, TreeReader files, OpenDirectory directory);
}
