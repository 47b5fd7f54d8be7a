/**
 * Snapshots: named states of a path entry's index and bytecode, and the way back to them.
 *
 * <p>A snapshot is a directory that is never changed once it has its name:
 *
 * <pre>
 * INDEX/snapshots/.lock                    held by the one process that changes snapshots
 * INDEX/snapshots/ENTRY/.default           the name of the default snapshot; absent for postinit
 * INDEX/snapshots/ENTRY/.pending-RANDOM    a snapshot that is being made
 * INDEX/snapshots/ENTRY/.removed-RANDOM    a snapshot that is being removed
 * INDEX/snapshots/ENTRY/NAME/facts         facts about the save, as lines of text
 * INDEX/snapshots/ENTRY/NAME/*.index*      the index of that moment: hard links of its files, never changed
 * INDEX/snapshots/ENTRY/NAME/files/HASH    a pyc with its attributes and mtime; HASH: SHA-256 of the path in the entry
 * </pre>
 *
 * <p>One rename makes a snapshot and one rename removes a snapshot, so that a killed process leaves the snapshot whole
 * or absent. A directory that such a process leaves under a name with a dot is deleted by the next process that gets
 * the lock.
 *
 * <p>A pyc is kept as a clone that shares its blocks ({@code FICLONE}), else as a hard link of the same pyc in an
 * earlier snapshot, else as a copy. A hard link of the file in the tree was rejected: a write to the file in place
 * would change the snapshot; the link would change the ctime of the file, so that every index would have to read the
 * file again; and a repair skips a file that has names outside the tree.
 */
@NullMarked
package dev.freshpyc.indexer.snapshot;

import org.jspecify.annotations.NullMarked;
