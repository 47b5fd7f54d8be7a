/** What the index is told of a repair: the records of the sources whose pycs were written. */
@NullMarked
package dev.freshpyc.indexer.repair.record;

import org.jspecify.annotations.NullMarked;
