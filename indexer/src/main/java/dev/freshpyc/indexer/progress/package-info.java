/**
 * The progress of a long run: workers count finished steps, and a terminal or another observer reads the count. The
 * package is separate because audit, refresh and repair all report through the package.
 */
@NullMarked
package dev.freshpyc.indexer.progress;

import org.jspecify.annotations.NullMarked;
