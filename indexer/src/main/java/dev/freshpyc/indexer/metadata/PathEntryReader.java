package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.metadata.EntryStamp;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads path entries.
 *
 * @param files makes readers that open them
 * @param most a directory with more distributions is refused
 */
record PathEntryReader(Supplier<? extends TreeReader> files, InstantSource clock, int most) {

    /** A directory with more metadata is refused, so that a hostile one costs a bounded time. */
    static final int MAX_DISTRIBUTIONS = 200_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final RawPath SAME_DIRECTORY = RawPath.of(".");

    /**
     * The stamp of a path entry by its path, links followed.
     *
     * @return empty for an entry that does not exist or is neither a directory nor a file, and on systems without inodes
     */
    static Optional<EntryStamp> stamp(RawPath entry) {
        try {
            Map<String, Object> attributes = Files.readAttributes(
                    JavaPath.of(entry), "unix:isDirectory,isRegularFile,ino,size,lastModifiedTime,ctime");
            boolean directory = Boolean.TRUE.equals(attributes.get("isDirectory"));
            if (!directory && !Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
                return Optional.empty();
            }
            return Optional.of(new EntryStamp(
                    directory,
                    number(attributes, "ino"),
                    directory ? 0 : number(attributes, "size"),
                    nanos(attributes, "lastModifiedTime"),
                    nanos(attributes, "ctime")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> attributes, String name) {
        return (Long) Objects.requireNonNull(attributes.get(name));
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
    }

    /** Reads an entry. An entry that cannot be read counts as empty, since Python ignores it. */
    MetadataReading read(RawPath entry) {
        try (TreeReader reader = files.get()) {
            return switch (reader.openRoot(entry)) {
                case Opening.Open(OpenDirectory directory) -> {
                    try {
                        yield directory(entry, reader, directory);
                    } finally {
                        reader.close(directory);
                    }
                }
                case Opening.Refused(Errno errno) when errno.equals(Errno.ENOTDIR) -> archive(entry);
                case Opening.Refused _ -> new MetadataReading(entry, now(), Optional.empty(), PathEntryMetadata.EMPTY);
            };
        }
    }

    /** Reads an entry that a walk has opened, and whose listing the walk still needs. */
    MetadataReading readAgain(RawPath entry, TreeReader reader, OpenDirectory walked) {
        return switch (reader.open(walked, SAME_DIRECTORY, false)) {
            case Opening.Open(OpenDirectory directory) -> {
                try {
                    yield directory(entry, reader, directory);
                } finally {
                    reader.close(directory);
                }
            }
            case Opening.Refused _ -> new MetadataReading(entry, now(), Optional.empty(), PathEntryMetadata.EMPTY);
        };
    }

    private MetadataReading directory(RawPath entry, TreeReader reader, OpenDirectory directory) {
        long taken = now();
        DistributionDirectory files = new DistributionDirectory(reader, most);
        Optional<EntryStamp> before = files.stamp(directory);
        PathEntryMetadata metadata = files.read(entry, directory);
        return new MetadataReading(
                entry, taken, before.filter(stamp -> files.stamp(directory).equals(Optional.of(stamp))), metadata);
    }

    private MetadataReading archive(RawPath entry) {
        long taken = now();
        Optional<EntryStamp> before = stamp(entry);
        PathEntryMetadata metadata = archive(entry, before);
        return new MetadataReading(
                entry, taken, before.filter(stamp -> stamp(entry).equals(Optional.of(stamp))), metadata);
    }

    private static PathEntryMetadata archive(RawPath entry, Optional<EntryStamp> stamp) {
        if (stamp.isEmpty()) {
            return PathEntryMetadata.EMPTY; // a device or a FIFO
        }
        try {
            Path path = JavaPath.of(entry);
            return DistributionArchive.read(path.toFile(), entry.name().toPython());
        } catch (InvalidPathException | UnsupportedOperationException unknown) {
            return PathEntryMetadata.EMPTY;
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
