package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** A file's attributes with nanoseconds and, on Unix, its ctime, inode and device. */
final class PortableStat {

    private static final boolean UNIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");

    private PortableStat() {}

    static void read(Path path, FileStat into) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Instant mtime = attributes.lastModifiedTime().toInstant();
        FileStat.Kind kind = attributes.isRegularFile()
                ? FileStat.Kind.REGULAR
                : attributes.isDirectory() ? FileStat.Kind.DIRECTORY : FileStat.Kind.OTHER;
        into.setMtime(mtime.getEpochSecond(), mtime.getNano());
        if (UNIX) {
            Map<String, Object> unix = Files.readAttributes(path, "unix:ctime,ino,dev");
            Instant ctime = ((FileTime) Objects.requireNonNull(unix.get("ctime"))).toInstant();
            long inode = (Long) Objects.requireNonNull(unix.get("ino"));
            into.set(kind, attributes.size(), inode, (Long) Objects.requireNonNull(unix.get("dev")));
            into.setCtime(ctime.getEpochSecond(), ctime.getNano());
        } else {
            into.set(kind, attributes.size(), 0, 0);
            into.setCtime(mtime.getEpochSecond(), mtime.getNano());
        }
    }

    /** By the system's file key, or where it has none by the real path. */
    static Identity identity(Path path, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        return new Identity(0, key != null ? key : CanonicalPath.ofExisting(path));
    }
}
