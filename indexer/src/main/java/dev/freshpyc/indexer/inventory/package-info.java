/**
 * Finds the interpreters and virtual environments of a system, and says of each what is on its {@code sys.path}.
 *
 * <p>{@link dev.freshpyc.indexer.inventory.InterpreterPlaces} lists the programs, {@link
 * dev.freshpyc.indexer.inventory.Inventory} asks those that may be started and computes the path of the others from their files.
 */
@NullMarked
package dev.freshpyc.indexer.inventory;

import org.jspecify.annotations.NullMarked;
