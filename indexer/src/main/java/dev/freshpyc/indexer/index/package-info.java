/**
 * Keeps an index true: a {@link dev.freshpyc.indexer.index.Refresh} walks a path, takes over what did not change without
 * opening it, reads and judges the rest, and publishes what it found; an {@link dev.freshpyc.indexer.index.IndexedJudge}
 * is the judge that knows what an earlier run proved.
 */
@NullMarked
package dev.freshpyc.indexer.index;

import org.jspecify.annotations.NullMarked;
