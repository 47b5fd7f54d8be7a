package dev.freshpyc.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions of files, as {@code ls -l} shows them. A file system without permissions ignores them. */
public final class Permissions {

    private Permissions() {}

    /** Whether the file system of a path has permissions, as those of POSIX systems have. */
    public static boolean areKept(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The permissions with which a file or directory is made, less those in the umask. */
    public static FileAttribute<?>[] ofNew(Path path, String permissions) {
        return areKept(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Changes the permissions of a file. */
    public static void set(Path file, String permissions) throws IOException {
        if (areKept(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}
