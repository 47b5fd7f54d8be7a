/**
 * Keeps indexes up to date while files change. {@link dev.freshpyc.indexer.watch.DirectoryWatch} reports changed files, and {@link
 * dev.freshpyc.indexer.watch.IndexKeeper} gathers the changes and refreshes. A whole refresh at long intervals finds changes that no
 * event reported.
 */
@NullMarked
package dev.freshpyc.indexer.watch;

import org.jspecify.annotations.NullMarked;
