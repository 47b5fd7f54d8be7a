/**
 * Finds every pyc below the entries of a path, pairs the pyc with its source and observes the pair.
 *
 * <p>{@link dev.freshpyc.indexer.scan.TreeScanner} hands directories to workers; a {@link
 * dev.freshpyc.indexer.scan.DirectoryScan} lists one directory, groups its pycs by source, observes each pair and shows
 * the pair to a {@link dev.freshpyc.indexer.scan.ScanVisitor}.
 */
@NullMarked
package dev.freshpyc.indexer.scan;

import org.jspecify.annotations.NullMarked;
