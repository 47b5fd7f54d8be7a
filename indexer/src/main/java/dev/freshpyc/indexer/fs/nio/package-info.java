/** The reading port over {@code java.nio.file}: slower, for systems on which the native reader does not run. */
@NullMarked
package dev.freshpyc.indexer.fs.nio;

import org.jspecify.annotations.NullMarked;
