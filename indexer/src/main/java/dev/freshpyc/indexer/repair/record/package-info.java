/** Tells the index what a repair has written, so that the next run need not read those files again. */
@NullMarked
package dev.freshpyc.indexer.repair.record;

import org.jspecify.annotations.NullMarked;
