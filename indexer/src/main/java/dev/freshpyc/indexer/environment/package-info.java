/**
 * Starts an interpreter and asks which version, magic number, cache tag and {@code sys.path} it has, since no file has
 * all of these facts.
 *
 * <p>{@link dev.freshpyc.indexer.environment.InterpreterProbe} runs one short script within bounded time and output,
 * and returns a {@link dev.freshpyc.indexer.environment.PythonEnvironment}. A program that does not answer is reported
 * by an {@link dev.freshpyc.indexer.environment.InterpreterException} whose message is one sentence.
 */
@NullMarked
package dev.freshpyc.indexer.environment;

import org.jspecify.annotations.NullMarked;
