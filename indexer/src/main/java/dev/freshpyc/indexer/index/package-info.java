/**
 * Judges with the help of an index: says where indexes are kept, opens them, and knows what an earlier run proved. An {@link
 * dev.freshpyc.indexer.index.IndexedJudge} does not open a pair whose stamps are unchanged.
 */
@NullMarked
package dev.freshpyc.indexer.index;

import org.jspecify.annotations.NullMarked;
