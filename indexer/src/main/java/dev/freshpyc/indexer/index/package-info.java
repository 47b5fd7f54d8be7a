/**
 * Keeps indexes true and judges with their help. A {@link dev.freshpyc.indexer.index.Refresh} walks a path, takes the recorded
 * verdict of every pair that has not changed, reads and judges the other pairs, and publishes the records. An {@link
 * dev.freshpyc.indexer.index.IndexedJudge} knows what an earlier run proved.
 */
@NullMarked
package dev.freshpyc.indexer.index;

import org.jspecify.annotations.NullMarked;
