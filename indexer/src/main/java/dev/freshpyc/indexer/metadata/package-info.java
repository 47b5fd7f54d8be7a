/**
 * Finds the distributions of path entries as {@code importlib.metadata} does, and keeps them in the index directory,
 * one file for each path entry, in the format of {@link dev.freshpyc.core.metadata}.
 *
 * <h2>When a kept file is used</h2>
 *
 * The entry's stamp is taken first, then the entry is read, then the stamp is taken again. Nothing is kept if the
 * stamps differ, or if the first is so recent that a later change could leave it equal ({@link
 * dev.freshpyc.core.verdict.RacyWindow}): the next call reads the entry again. A kept file is used as long as the
 * entry's stamp equals the kept stamp; times are never compared for order. Files are replaced by rename, without locks.
 * A directory that cannot be written to is no error.
 *
 * <h2>Links</h2>
 *
 * Python follows links. A link in a directory that belongs to neither root nor the effective user is not followed,
 * because the owner could lead a program of root to any file, and the text of the file would be in an index that
 * everybody may read. The owner is read from the open directory, and the files are opened relative to its descriptor,
 * so that the owner cannot replace the directory in between. Where Java has no such descriptors, files are opened by
 * path.
 *
 * <h2>Limits</h2>
 *
 * A directory with more than 200,000 distributions, an archive with more than 1,000,000 members, and a text of more
 * than 16 MiB are not read, and neither is a FIFO or a device: each is a fault of the answer. An entry whose file would
 * be larger than 64 MiB, or has a NUL in its texts, is answered, is not kept, and is reported.
 */
@NullMarked
package dev.freshpyc.indexer.metadata;

import org.jspecify.annotations.NullMarked;
