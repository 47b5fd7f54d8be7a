/** What a repair or an undo did: outcomes are handed on one by one and summed up. */
@NullMarked
package dev.freshpyc.indexer.repair.outcome;

import org.jspecify.annotations.NullMarked;
