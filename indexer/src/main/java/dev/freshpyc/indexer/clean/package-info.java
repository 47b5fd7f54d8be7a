/**
 * Removes bytecode that no interpreter reads. The scan of a directory selects files, and the files of a few thousand are
 * removed together, so that a tree of any size takes the same memory. Which files are selected is a pure function, {@link
 * dev.freshpyc.core.plan.CleanSelection}; how a file is kept for an undo is the business of {@link
 * dev.freshpyc.indexer.repair.write.FileRemover} and the journal.
 */
@NullMarked
package dev.freshpyc.indexer.clean;

import org.jspecify.annotations.NullMarked;
