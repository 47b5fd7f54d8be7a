/** What became of the files of a run, one value a file. */
@NullMarked
package dev.freshpyc.core.outcome;

import org.jspecify.annotations.NullMarked;
