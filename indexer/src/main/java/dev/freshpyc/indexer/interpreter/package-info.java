/**
 * Finds an interpreter that reads and writes a given kind of bytecode.
 *
 * <p>{@link dev.freshpyc.indexer.interpreter.InterpreterLocator} probes the programs that the user named and those on PATH, in
 * pyenv and in the active virtual environment, and says for each rejected program why. A program that was found, and not
 * named by the user, is started only if {@code StartPolicy} permits: a scanned tree is data, and root must not run what other
 * users can replace. What the found interpreter is used for is decided elsewhere, in {@code indexer.compile}.
 */
@NullMarked
package dev.freshpyc.indexer.interpreter;

import org.jspecify.annotations.NullMarked;
