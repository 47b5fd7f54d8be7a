/** The outcomes of a repair or an undo, one by one and in sum. */
@NullMarked
package dev.freshpyc.indexer.repair.outcome;

import org.jspecify.annotations.NullMarked;
