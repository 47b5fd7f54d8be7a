/**
 * Keeps indexes up to date. A {@link dev.freshpyc.indexer.refresh.Refresh} walks a path, takes the recorded verdict of
 * every pair that has not changed, reads and judges the other pairs, and publishes the records.
 */
@NullMarked
package dev.freshpyc.indexer.refresh;

import org.jspecify.annotations.NullMarked;
