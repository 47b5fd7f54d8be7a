/**
 * Asks an interpreter what it is and where it looks for modules, since nothing else knows: its version, magic
 * number and cache tag, and the {@code sys.path} it starts with. What it answers is data; that it does not answer
 * is an {@link dev.freshpyc.indexer.environment.InterpreterException} in one sentence.
 */
@NullMarked
package dev.freshpyc.indexer.environment;

import org.jspecify.annotations.NullMarked;
