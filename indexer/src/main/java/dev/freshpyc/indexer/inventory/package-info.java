/**
 * Finds the interpreters and virtual environments of a system, with the {@code sys.path} of each.
 *
 * <p>{@link dev.freshpyc.indexer.inventory.InterpreterPlaces} lists the programs, {@link
 * dev.freshpyc.indexer.inventory.Inventory} asks the interpreters that may be started, and computes the path of the
 * other interpreters from files.
 */
@NullMarked
package dev.freshpyc.indexer.inventory;

import org.jspecify.annotations.NullMarked;
