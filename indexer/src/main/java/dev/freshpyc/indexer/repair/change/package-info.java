/**
 * The values that all packages of a repair share: the file, the bytes to write, the reason to skip a file, and the
 * options. Nothing here reads or writes a file.
 */
@NullMarked
package dev.freshpyc.indexer.repair.change;

import org.jspecify.annotations.NullMarked;
