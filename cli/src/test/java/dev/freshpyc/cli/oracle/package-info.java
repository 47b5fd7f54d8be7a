/**
 * Tests with real interpreters as the oracle. {@code freshpyc audit} judges trees of crafted bytecode, then every
 * available interpreter imports them; both must agree on each file.
 *
 * <ul>
 *   <li>The cases: {@link dev.freshpyc.cli.oracle.Case} consists of {@link dev.freshpyc.cli.oracle.Layout}, {@link
 *       dev.freshpyc.cli.oracle.SourceTime}, {@link dev.freshpyc.cli.oracle.Header} and {@link
 *       dev.freshpyc.cli.oracle.Body}; {@link dev.freshpyc.cli.oracle.Setting} holds the options of the interpreter,
 *       and {@link dev.freshpyc.cli.oracle.CaseTable} selects the combinations.
 *   <li>The oracle: {@link dev.freshpyc.cli.oracle.Interpreters} finds the interpreters, and {@link
 *       dev.freshpyc.cli.oracle.Launcher} runs {@code driver.py} in one of them.
 *   <li>The prediction: {@link dev.freshpyc.cli.oracle.Audit}.
 *   <li>{@code MarshalledCodeTest} compares the digests of code objects that real interpreters marshalled.
 * </ul>
 *
 * These tests write headers without the code of freshpyc, so that a mistake in that code cannot hide itself.
 */
@NullMarked
package dev.freshpyc.cli.oracle;

import org.jspecify.annotations.NullMarked;
