/**
 * The interpreter is the oracle: trees of crafted bytecode are judged by {@code freshpyc audit}, then imported by every
 * real interpreter at hand, and the two must agree on each file.
 *
 * <ul>
 *   <li>What is varied: {@link dev.freshpyc.cli.oracle.Case}, made of {@link dev.freshpyc.cli.oracle.Layout}, {@link
 *       dev.freshpyc.cli.oracle.SourceTime}, {@link dev.freshpyc.cli.oracle.Header} and {@link
 *       dev.freshpyc.cli.oracle.Body}; {@link dev.freshpyc.cli.oracle.Setting} is how the interpreter is started, and
 *       {@link dev.freshpyc.cli.oracle.CaseTable} says which combinations are tried.
 *   <li>Who is asked: {@link dev.freshpyc.cli.oracle.Interpreters} finds them, {@link
 *       dev.freshpyc.cli.oracle.Interpreter} runs {@code driver.py} under them.
 *   <li>Who must agree: {@link dev.freshpyc.cli.oracle.Audit}.
 *   <li>What else is asked of the interpreters: {@code MarshalledCodeTest}, whether code is the same.
 * </ul>
 *
 * Nothing here uses the product's own knowledge of the format: a mistake shared by encoder and parser would go unseen.
 */
@NullMarked
package dev.freshpyc.cli.oracle;

import org.jspecify.annotations.NullMarked;
