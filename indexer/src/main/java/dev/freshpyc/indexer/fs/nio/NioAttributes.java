package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Translates Java's file attributes and exceptions into the reading port's stats and error numbers. */
final class NioAttributes {

    private static final boolean UNIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");

    private NioAttributes() {}

    /** Reads a file's metadata; where the system has no ctime, inode and device, the mtime and 0 stand in for them. */
    static void read(Path path, FileStat into) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Instant mtime = attributes.lastModifiedTime().toInstant();
        Instant ctime = mtime;
        long inode = 0;
        long device = 0;
        Map<String, Object> unix = Map.of();
        if (UNIX) {
            unix = Files.readAttributes(path, "unix:ctime,ino,dev,mode,uid,gid");
            ctime = ((FileTime) Objects.requireNonNull(unix.get("ctime"))).toInstant();
            inode = (Long) Objects.requireNonNull(unix.get("ino"));
            device = (Long) Objects.requireNonNull(unix.get("dev"));
        }
        into.set(typeOf(attributes), attributes.size(), inode, device);
        into.setMtime(mtime.getEpochSecond(), mtime.getNano());
        into.setCtime(ctime.getEpochSecond(), ctime.getNano());
        if (UNIX) {
            into.setAccess(number(unix, "mode"), number(unix, "uid"), number(unix, "gid"));
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name));
    }

    /** The identity of a directory by device and inode, else by the system's file key, else by its canonical path. */
    static Identity identity(Path path, BasicFileAttributes attributes) throws IOException {
        if (UNIX) {
            Map<String, Object> unix = Files.readAttributes(path, "unix:ino,dev");
            return new Identity(
                    (Long) Objects.requireNonNull(unix.get("dev")), Objects.requireNonNull(unix.get("ino")));
        }
        Object key = attributes.fileKey();
        return new Identity(0, key != null ? key : CanonicalPath.ofExisting(path));
    }

    /** The negated errno of an exception. */
    static int code(IOException refused) {
        return -errno(refused).number();
    }

    static Errno errno(IOException refused) {
        return switch (refused) {
            case NoSuchFileException _ -> Errno.ENOENT;
            case AccessDeniedException _ -> Errno.EACCES;
            case NotDirectoryException _ -> Errno.ENOTDIR;
            case FileSystemLoopException _ -> Errno.ELOOP;
            case FileSystemException other -> byMessage(String.valueOf(other.getReason()));
            default -> Errno.EIO;
        };
    }

    private static Errno byMessage(String message) {
        if (message.contains("symbolic links")) {
            return Errno.ELOOP;
        }
        if (message.contains("Not a directory")) {
            return Errno.ENOTDIR;
        }
        return message.contains("too long") ? Errno.ENAMETOOLONG : Errno.EIO;
    }

    private static FileType typeOf(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return FileType.REGULAR;
        }
        return attributes.isDirectory() ? FileType.DIRECTORY : FileType.OTHER;
    }
}
