/**
 * The values that all rooms of a repair share: which file, what is to be written, why a file is left alone, and the options.
 * Nothing here reads or writes a file.
 */
@NullMarked
package dev.freshpyc.indexer.repair.change;

import org.jspecify.annotations.NullMarked;
