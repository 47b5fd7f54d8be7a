/**
 * Removes bytecode that no interpreter reads. The scan selects files, and a few thousand of them are removed together, so
 * that a tree of any size takes the same memory. A pure function, {@link dev.freshpyc.core.plan.CleanSelection}, selects the files;
 * {@link dev.freshpyc.indexer.repair.write.FileRemover} and the journal keep removed files for an undo.
 */
@NullMarked
package dev.freshpyc.indexer.clean;

import org.jspecify.annotations.NullMarked;
