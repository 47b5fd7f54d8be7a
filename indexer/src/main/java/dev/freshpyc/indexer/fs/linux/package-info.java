/**
 * Calls the C library through the foreign-function API. No other package imports {@code java.lang.foreign}. The package
 * runs on Linux on x86-64 and AArch64; other systems use {@code java.nio.file}.
 */
@NullMarked
package dev.freshpyc.indexer.fs.linux;

import org.jspecify.annotations.NullMarked;
