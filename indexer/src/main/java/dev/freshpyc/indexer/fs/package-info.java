/** What a scan needs of a file system, implemented once over the C library and once over {@code java.nio.file}. */
@NullMarked
package dev.freshpyc.indexer.fs;

import org.jspecify.annotations.NullMarked;
