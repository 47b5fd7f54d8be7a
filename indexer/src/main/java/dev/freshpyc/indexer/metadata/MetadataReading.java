package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.EntryStamp;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import java.util.Optional;

/**
 * What was read from one path entry.
 *
 * @param entry absolute
 * @param takenAtNanos the time before the stamp was taken, in nanoseconds since 1970
 * @param stamp of the entry, equal before and after it was read; empty where it changed meanwhile
 */
public record MetadataReading(
        RawPath entry, long takenAtNanos, Optional<EntryStamp> stamp, PathEntryMetadata metadata) {}
