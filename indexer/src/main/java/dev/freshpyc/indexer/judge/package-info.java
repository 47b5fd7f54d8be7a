/**
 * Judges pairs by the files alone, or also by the manifests of package managers. The package {@code indexer.index}
 * judges with an index.
 */
@NullMarked
package dev.freshpyc.indexer.judge;

import org.jspecify.annotations.NullMarked;
