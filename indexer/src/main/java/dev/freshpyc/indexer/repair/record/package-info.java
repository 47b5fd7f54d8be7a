/** Brings the index up to date after a repair, a clean or an undo: the records of the sources whose pycs changed. */
@NullMarked
package dev.freshpyc.indexer.repair.record;

import org.jspecify.annotations.NullMarked;
