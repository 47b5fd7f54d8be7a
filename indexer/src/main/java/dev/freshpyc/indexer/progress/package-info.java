/** How far a long run has come, told by its workers and read by whoever shows it. */
@NullMarked
package dev.freshpyc.indexer.progress;

import org.jspecify.annotations.NullMarked;
