/** The ports through which runs read and write files. Reading works through the C library or through {@code java.nio.file}. */
@NullMarked
package dev.freshpyc.indexer.fs;

import org.jspecify.annotations.NullMarked;
