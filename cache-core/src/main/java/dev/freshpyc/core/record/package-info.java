/**
 * The values that an index holds: a record for each source with its pycs, and a seal for each directory. Their bytes are
 * the matter of {@link dev.freshpyc.core.record.codec}.
 */
@NullMarked
package dev.freshpyc.core.record;

import org.jspecify.annotations.NullMarked;
