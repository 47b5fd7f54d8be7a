package dev.freshpyc.indexer.answer;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The file that a path led to, links followed.
 *
 * @param stamp empty if the path led nowhere, or if the file could not be looked at
 */
record PathTarget(RawPath path, Optional<FileStamp> stamp) {

    private static final String ATTRIBUTES = "unix:lastModifiedTime,ctime,size,ino,dev";

    /** The state now. */
    static PathTarget of(RawPath path) {
        try {
            return new PathTarget(path, Optional.of(stamp(JavaPath.of(path))));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException absent) {
            return new PathTarget(path, Optional.empty());
        }
    }

    /** Whether this system has stamps with inodes and ctimes. */
    static boolean isSupported() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    boolean isUnchanged() {
        return of(path).stamp().equals(stamp);
    }

    /** Whether a change after that time would show, because the last change of the inode is earlier. */
    boolean isSettled(Instant time) {
        return stamp.isEmpty()
                || Instant.ofEpochSecond(stamp.get().ctimeSeconds(), stamp.get().ctimeNanos())
                        .isBefore(time);
    }

    private static FileStamp stamp(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES);
        Instant mtime = time(found, "lastModifiedTime");
        Instant ctime = time(found, "ctime");
        return new FileStamp(
                mtime.getEpochSecond(),
                mtime.getNano(),
                ctime.getEpochSecond(),
                ctime.getNano(),
                number(found, "size"),
                number(found, "ino"),
                number(found, "dev"));
    }

    private static Instant time(Map<String, Object> found, String name) throws IOException {
        return ((FileTime) value(found, name)).toInstant();
    }

    private static long number(Map<String, Object> found, String name) throws IOException {
        return (long) value(found, name);
    }

    private static Object value(Map<String, Object> found, String name) throws IOException {
        Object value = found.get(name);
        if (value == null) {
            throw new NoSuchFileException(name);
        }
        return Objects.requireNonNull(value);
    }
}
