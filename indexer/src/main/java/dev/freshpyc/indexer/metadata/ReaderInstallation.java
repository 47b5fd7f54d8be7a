package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.file.Permissions;
import dev.freshpyc.core.file.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;

/** The module for Python that answers from the kept files. */
public final class ReaderInstallation {

    /** The name of the module's file. */
    public static final String FILE = "freshpyc_entry_points.py";

    /** The beginning of every version of the module's file. */
    private static final byte[] MARK = "# freshpyc entry point reader ".getBytes(StandardCharsets.US_ASCII);

    private ReaderInstallation() {}

    /**
     * Writes the module to a directory, by rename.
     *
     * @return the file
     * @throws FileAlreadyExistsException when a file of that name is there that freshpyc did not write
     */
    public static Path install(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!mayReplace(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path pending = TemporaryFile.in(directory, "." + FILE + ".", ".pending");
        try {
            Files.write(pending, source());
            Permissions.set(pending, "rw-r--r--");
            Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(pending);
        }
        return file;
    }

    private static byte[] source() throws IOException {
        try (InputStream in = Objects.requireNonNull(ReaderInstallation.class.getResourceAsStream(FILE))) {
            return in.readAllBytes();
        }
    }

    private static boolean mayReplace(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Arrays.equals(in.readNBytes(MARK.length), MARK);
        } catch (NoSuchFileException _) {
            return true;
        }
    }
}
