/**
 * Finds an interpreter that reads and writes a given kind of bytecode.
 *
 * <p>{@link dev.freshpyc.indexer.interpreter.InterpreterLocator} probes the programs that the user named and those on
 * PATH, in pyenv and in the active virtual environment, and gives the reason for each rejected program. A found
 * program that the user did not name is started only if {@code StartPolicy} permits: a scanned tree is data, and root
 * must not run what other users can replace. The package {@code indexer.compile} uses the interpreter.
 */
@NullMarked
package dev.freshpyc.indexer.interpreter;

import org.jspecify.annotations.NullMarked;
