package dev.freshpyc.core.observe;

import dev.freshpyc.core.pyc.CacheTag;
import org.jspecify.annotations.Nullable;

/**
 * The input of a verdict on one bytecode file.
 *
 * @param takenAtNanos the time when the observation began, in nanoseconds since 1970: before the {@code stat} of the
 *     source, so that every later edit has a later time
 * @param tag the tag in the file's name; null outside {@code __pycache__} and cache prefixes
 */
public record Observation(
        long takenAtNanos, Placement placement, @Nullable CacheTag tag, SourceState source, PycState pyc) {}
