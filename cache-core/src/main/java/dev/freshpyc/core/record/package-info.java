/**
 * The values that an index holds: a record for each source with its pycs, and a seal for each directory. The package
 * {@link dev.freshpyc.core.record.codec} defines their bytes.
 */
@NullMarked
package dev.freshpyc.core.record;

import org.jspecify.annotations.NullMarked;
