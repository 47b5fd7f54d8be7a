/**
 * Keeps indexes up to date while files change. {@link dev.freshpyc.indexer.watch.DirectoryWatch} tells which files changed, {@link
 * dev.freshpyc.indexer.watch.IndexKeeper} gathers the changes and refreshes, and a whole refresh now and then finds what no event told.
 */
@NullMarked
package dev.freshpyc.indexer.watch;

import org.jspecify.annotations.NullMarked;
