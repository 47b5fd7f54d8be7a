package dev.freshpyc.core.observe;

import dev.freshpyc.core.pyc.CacheTag;
import org.jspecify.annotations.Nullable;

/**
 * All that a verdict on one bytecode file rests on.
 *
 * @param takenAtNanos when it began, in nanoseconds since 1970: before the source's {@code stat}, so that no later edit can
 *     hide behind it
 * @param tag of the name in a cache; null elsewhere
 */
public record Observation(
        long takenAtNanos, Placement placement, @Nullable CacheTag tag, SourceState source, PycState pyc) {}
