/**
 * The C library through the foreign-function API: the one package that imports {@code java.lang.foreign}. Linux on x86-64
 * and AArch64 only; elsewhere the portable scanner does without.
 */
@NullMarked
package dev.freshpyc.indexer.fs.linux;

import org.jspecify.annotations.NullMarked;
