/**
 * Lookups for programs that run longer than one command: an index stays open, answers from memory, and moves to a newer
 * generation when it is told to.
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
