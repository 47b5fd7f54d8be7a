package dev.freshpyc.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes temporary files and directories that only this user may open. {@link Files#createTempFile} draws names from a {@link
 * java.security.SecureRandom}, which takes ten seconds to start in a root directory without {@code /dev/urandom}, as builders of images
 * have. The names here need no such source: nothing is made where another file has the name.
 */
public final class TemporaryFile {

    private TemporaryFile() {}

    @FunctionalInterface
    private interface Maker {
        Path make(Path path, FileAttribute<?>... attributes) throws IOException;
    }

    /** A new, empty file. */
    public static Path in(Path directory, String prefix, String suffix) throws IOException {
        return make(Files::createFile, directory, prefix, suffix, "rw-------");
    }

    /** A new, empty directory. */
    public static Path directoryIn(Path directory, String prefix) throws IOException {
        return make(Files::createDirectory, directory, prefix, "", "rwx------");
    }

    /** The directory of the system for temporary files. */
    public static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static Path make(Maker maker, Path directory, String prefix, String suffix, String permissions)
            throws IOException {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return maker.make(directory.resolve(prefix + random + suffix), Permissions.ofNew(directory, permissions));
    }
}
