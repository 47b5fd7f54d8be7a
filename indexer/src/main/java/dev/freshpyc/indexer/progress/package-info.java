/**
 * The progress of a long run: workers count finished steps, and a terminal or another observer reads the count. The package
 * stands alone because audit, refresh and repair all report through it.
 */
@NullMarked
package dev.freshpyc.indexer.progress;

import org.jspecify.annotations.NullMarked;
