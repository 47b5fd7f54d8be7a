/** Judges: by the files alone, with a package manager's manifests, and, in {@code indexer.index}, with the index. */
@NullMarked
package dev.freshpyc.indexer.judge;

import org.jspecify.annotations.NullMarked;
