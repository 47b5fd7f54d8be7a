/**
 * Repairs the pycs of a path: afterwards its interpreter loads each pyc, and each pyc was compiled from its source.
 * Data passes through the packages in this order:
 *
 * <pre>
 * installer  which files the records of package managers list; RECORD files of wheels
 * plan       what to do with each file, while the scan shows the files and the index is refreshed
 * write      new files, renames, headers in place, hard links, waiting for the disk
 * journal    each change, listed before it is made; cleaning up after a killed run; undo
 * record     the records in the index of the files that were written
 * </pre>
 *
 * <p>{@code change} has the values that the packages share, {@code outcome} the outcomes and their sums. However a
 * repair ends, the tree is no worse than before: no file is changed before the new files and the journal are on the
 * disk.
 */
@NullMarked
package dev.freshpyc.indexer.repair;

import org.jspecify.annotations.NullMarked;
