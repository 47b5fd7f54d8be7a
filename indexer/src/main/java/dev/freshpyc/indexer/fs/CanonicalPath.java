package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Canonical paths: absolute, without dots and symbolic links. A directory has one canonical path, whatever path the user
 * gave, so indexes and journals name directories by it.
 */
public final class CanonicalPath {

    private CanonicalPath() {}

    /** The canonical path of a file; the absolute path without further changes when the file does not exist. */
    public static RawPath of(RawPath path) {
        try {
            return JavaPath.toRaw(ofExisting(JavaPath.of(path)));
        } catch (IOException | InvalidPathException absent) {
            return path.absolute();
        }
    }

    /** The canonical path of a file; the absolute path without dots when the file does not exist. */
    public static Path of(Path path) {
        try {
            return ofExisting(path);
        } catch (IOException absent) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * The canonical path of a file.
     *
     * @throws IOException when no such file exists, or a directory above it may not be searched
     */
    public static Path ofExisting(Path file) throws IOException {
        return file.toRealPath();
    }

    /** Whether {@code path} is a directory or a link to a directory. */
    public static boolean isDirectory(RawPath path) {
        try {
            return Files.isDirectory(JavaPath.of(path));
        } catch (InvalidPathException invalid) {
            return false;
        }
    }

    /** Whether {@code path} is a regular file or a link to one. */
    public static boolean isRegularFile(RawPath path) {
        try {
            return Files.isRegularFile(JavaPath.of(path));
        } catch (InvalidPathException invalid) {
            return false;
        }
    }

    /** Whether {@code path} leads to a file of any type. */
    public static boolean exists(RawPath path) {
        try {
            return Files.exists(JavaPath.of(path));
        } catch (InvalidPathException invalid) {
            return false;
        }
    }
}
