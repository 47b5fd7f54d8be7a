package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.metadata.DistributionTexts;
import dev.freshpyc.core.metadata.EntryStamp;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.JavaPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads path entries. Not thread-safe. */
class PathEntryReader {

    /** A directory with more metadata is refused, so that a hostile one costs a bounded time. */
    private static final int MAX_DISTRIBUTIONS = 200_000;

    private final LinkPolicy links = new LinkPolicy();

    /**
     * The stamp of a path entry, links followed.
     *
     * @return empty for an entry that does not exist or is neither a directory nor a file, and on systems without inodes
     */
    Optional<EntryStamp> stamp(RawPath entry) {
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

    /** The metadata in an entry; none in an entry that cannot be read, which Python ignores. */
    PathEntryMetadata read(RawPath entry) {
        try {
            Path path = JavaPath.of(entry);
            if (Files.isDirectory(path)) {
                return PathEntryMetadata.of(directory(entry, path));
            }
            return Files.isRegularFile(path)
                    ? PathEntryMetadata.of(
                            DistributionArchive.read(path.toFile(), entry.name().toPython()))
                    : PathEntryMetadata.EMPTY;
        } catch (InvalidPathException | UnsupportedOperationException unknown) {
            return PathEntryMetadata.EMPTY;
        }
    }

    private List<DistributionTexts> directory(RawPath entry, Path path) {
        String entryName = entry.name().toPython();
        List<RawPath> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path one : all) {
                byte[] bytes = JavaPath.nameOf(one);
                RawPath name = RawPath.of(bytes, 0, bytes.length);
                if (PathEntryMetadata.isMetadata(name.toPython(), entryName)) {
                    names.add(name);
                }
                if (names.size() > MAX_DISTRIBUTIONS) {
                    return List.of();
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        DistributionDirectory files = new DistributionDirectory(path, links);
        return names.stream().map(files::read).toList();
    }
}
