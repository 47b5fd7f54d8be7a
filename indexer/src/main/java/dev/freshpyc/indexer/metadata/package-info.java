/**
 * Finds the distributions of path entries as {@code importlib.metadata} does, and keeps what it found in the index directory,
 * one file for each path entry, in the format of {@link dev.freshpyc.core.metadata}.
 *
 * <h2>When a kept file counts</h2>
 *
 * The entry's stamp is taken first, then the entry is read, then the stamp is taken again. Nothing is kept if the stamps differ,
 * or if the first is so recent that a later change could leave it equal ({@link dev.freshpyc.core.verdict.RacyWindow}): the
 * next call reads the entry again. A kept file counts as long as the entry's stamp equals the kept one; times are never
 * compared for order. Files are replaced by rename, without locks. A directory that cannot be written to is no error.
 *
 * <h2>Links</h2>
 *
 * Python follows links. A link in a directory that belongs to neither root nor the effective user is not followed, because
 * its owner could lead a program of root's to any file, whose text would then stand in an index that everybody may read.
 */
@NullMarked
package dev.freshpyc.indexer.metadata;

import org.jspecify.annotations.NullMarked;
