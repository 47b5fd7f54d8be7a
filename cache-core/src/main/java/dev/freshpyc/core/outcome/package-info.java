/** The outcomes of a refresh, a repair, a clean and an undo: one value for each file. */
@NullMarked
package dev.freshpyc.core.outcome;

import org.jspecify.annotations.NullMarked;
