package dev.freshpyc.indexer.testing;

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
 * Makes the temporary directories of tests below one directory that this process owns. A test run that is killed leaves
 * its directory behind; the next run finds that the lock of the owner is free, and deletes the directory.
 */
public final class OwnedDirectories implements TempDirFactory {

    private static final String OWNER = ".owner";

    /** The file that this process keeps locked, and never closes. */
    private static final OwnedFile OWNED = claimDirectory();

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return make("junit-");
    }

    /** A new directory whose name begins with {@code prefix}. */
    public static Path make(String prefix) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(directory(OWNED.path())), prefix);
    }

    private static OwnedFile claimDirectory() {
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
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Path directory(Path owner) {
        String name = String.valueOf(owner.getFileName());
        return owner.resolveSibling(name.substring(0, name.length() - OWNER.length()));
    }

    /** Deletes all files that can be deleted: a file system may still be mounted below {@code root}. */
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
