/**
 * Property tests of {@code repair} with random trees, faults and policies. After a repair, an interpreter must load the
 * same code as after a fresh {@code compileall -f}.
 *
 * <ul>
 *   <li>The random values: {@link dev.freshpyc.cli.property.TreeScenario}, which consists of {@link
 *       dev.freshpyc.cli.property.ModuleScenario} and {@link dev.freshpyc.cli.property.Policy}.
 *   <li>The files on disk: {@link dev.freshpyc.cli.property.RandomTree} and its {@link
 *       dev.freshpyc.cli.property.RandomModule}s.
 *   <li>The oracle: {@link dev.freshpyc.cli.property.CodeOracle} asks a real interpreter.
 * </ul>
 *
 * The trees lack one case, which no program could detect: wrong code behind a matching header, in a file without a
 * record in the index.
 */
@NullMarked
package dev.freshpyc.cli.property;

import org.jspecify.annotations.NullMarked;
