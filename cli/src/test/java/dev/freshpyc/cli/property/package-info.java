/**
 * Random trees, random faults, random policies: after a repair every module that an interpreter loads has the code that a
 * fresh {@code compileall -f} gives it.
 *
 * <ul>
 *   <li>What is drawn: {@link dev.freshpyc.cli.property.Plan}, made of {@link dev.freshpyc.cli.property.ModulePlan} and
 *       {@link dev.freshpyc.cli.property.Policy}.
 *   <li>What is put on disk: {@link dev.freshpyc.cli.property.GrownTree} and its {@link
 *       dev.freshpyc.cli.property.GrownModule}s.
 *   <li>Who judges: {@link dev.freshpyc.cli.property.Codes}, a real interpreter's.
 * </ul>
 *
 * Never drawn is what nobody could find: other code behind a header that is right and that no index knew before.
 */
@NullMarked
package dev.freshpyc.cli.property;

import org.jspecify.annotations.NullMarked;
