/**
 * Lookups for long-running programs: an index stays open, answers from memory, and changes to a newer generation on
 * request.
 *
 * <pre>{@code
 * try (IndexLookup lookup = IndexLookup.open(store, entry).orElseThrow()) {
 *     Optional<SourceRecord> record = lookup.get(RawPath.of("pkg/a.py"));
 *     lookup.follow(); // now and then: takes the newest generation
 * }
 * }</pre>
 */
@NullMarked
package dev.freshpyc.core.lookup;

import org.jspecify.annotations.NullMarked;
