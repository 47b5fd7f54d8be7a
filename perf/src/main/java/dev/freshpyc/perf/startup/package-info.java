/**
 * Measures the start-up of a Python command with its bytecode in several states, without a change to the user's tree.
 *
 * <p>A first run of the command, with an empty {@code PYTHONPYCACHEPREFIX}, lets the command's own interpreter compile
 * all modules that the command loads. The bytecode of every state is a copy of these pycs with headers of that state,
 * below a prefix of its own: an interpreter with a prefix reads no {@code __pycache__} directory, not even in the
 * standard library.
 */
@NullMarked
package dev.freshpyc.perf.startup;

import org.jspecify.annotations.NullMarked;
