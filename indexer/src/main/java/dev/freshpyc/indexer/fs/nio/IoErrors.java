package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.core.file.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The error numbers behind Java's exceptions, as far as they can be told. */
final class IoErrors {

    private IoErrors() {}

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
}
