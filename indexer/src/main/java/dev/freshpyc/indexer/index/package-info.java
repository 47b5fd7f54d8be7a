/**
 * Judges with the help of an index: finds and opens indexes, and uses the proofs of earlier runs. An {@link
 * dev.freshpyc.indexer.index.IndexedJudge} does not open a pair whose stamps are unchanged.
 */
@NullMarked
package dev.freshpyc.indexer.index;

import org.jspecify.annotations.NullMarked;
