/**
 * Makes every pyc of a path one that its interpreter loads and that is its source's. Data takes this way through the rooms:
 *
 * <pre>
 * installer  which files stand in the records of package managers; RECORD files of wheels
 * plan       what to do with each file, while the scan shows the files and the index is refreshed
 * write      new files, renames, headers in place, hard links, waiting for the disk
 * journal    what is changed, written before each change; cleaning up after a killed run; undo
 * record     what the index holds of the files that were written
 * </pre>
 *
 * <p>{@code change} has the values that the rooms share, {@code outcome} the sums. Whatever ends a repair, the tree is as good
 * as before: no file is changed before the new files and the journal are on the disk.
 */
@NullMarked
package dev.freshpyc.indexer.repair;

import org.jspecify.annotations.NullMarked;
