package dev.freshpyc.cli;

import dev.freshpyc.core.store.file.OwnedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the temporary directories of tests below one directory that this process owns and marks by a locked file. A
 * killed test run leaves its directory behind; the next run finds the lock released and deletes the directory.
 */
public final class OwnedDirectories implements TempDirFactory {

    private static final String OWNER = ".owner";

    /** The locked file of this process, which stays open until the process ends. */
    private static final OwnedFile OWNED = takeOwnership();

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return make("junit-");
    }

    /** A new directory whose name begins with {@code prefix}. */
    public static Path make(String prefix) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(directory(OWNED.path())), prefix);
    }

    private static OwnedFile takeOwnership() {
        try {
            Path all = Files.createDirectories(
                    Path.of(System.getProperty("java.io.tmpdir"), "freshpyc-tests-" + System.getProperty("user.name")));
            for (Path owner : list(all)) {
                if (owner.toString().endsWith(OWNER)) {
                    OwnedFile.takeOver(owner, _ -> {
                        delete(directory(owner));
                        Files.delete(owner);
                    });
                }
            }
            return OwnedFile.create(
                    () -> all.resolve(HexFormat.of()
                                    .toHexDigits(ThreadLocalRandom.current().nextLong())
                            + OWNER),
                    "rw-------");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path directory(Path owner) {
        String name = String.valueOf(owner.getFileName());
        return owner.resolveSibling(name.substring(0, name.length() - OWNER.length()));
    }

    /** Deletes every file that can be deleted; files below a leftover mount point stay. */
    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    var _ = file.toFile().delete();
                }
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
