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
 * INDEX/snapshots/ENTRY/NAME/*.index*      the index of that moment: links of its files, which nobody changes after publication
 * INDEX/snapshots/ENTRY/NAME/files/HASH    a pyc with its attributes and mtime; HASH is the SHA-256 of its path below the entry
 * </pre>
 *
 * <p>A snapshot is made and removed by one rename each, so that a killed process leaves it whole or absent. A directory that such a
 * process leaves under a name with a dot is deleted by the next process that gets the lock.
 *
 * <p>A pyc is kept as a clone that shares its blocks ({@code FICLONE}), else as a hard link of the file that an earlier snapshot
 * kept of the same pyc, else as a copy. It is never a hard link of the file in the tree: whoever writes to that file in place
 * would change the snapshot, the link would change the file's ctime, so that every index would have to read it again, and a
 * repair leaves a file alone that has names outside the tree.
 */
@NullMarked
package dev.freshpyc.indexer.snapshot;

import org.jspecify.annotations.NullMarked;
