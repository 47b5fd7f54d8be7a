package dev.freshpyc.core.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A new file during its writing, in the directory of the file to replace. The file is deleted on close unless it was
 * {@linkplain #publish() published}. {@link OwnedFile} keeps the pending files of living and of killed processes apart.
 */
public final class PendingFile implements Closeable {

    private final Path target;
    private final OwnedFile file;

    private PendingFile(Path target, OwnedFile file) {
        this.target = target;
        this.file = file;
    }

    /** A new, empty file that will replace {@code target}. */
    static PendingFile create(Path target) throws IOException {
        return new PendingFile(target, OwnedFile.create(() -> randomName(target), "rw-r--r--"));
    }

    /** The open file. */
    public FileChannel channel() {
        return file.channel();
    }

    /** Renames this file to the target, atomically: a crash leaves either the old or the new file. */
    void publish() throws IOException {
        Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        file.deleteAndClose();
    }

    /** Deletes the file if its process has ended. */
    static void deleteIfLeftOver(Path path) {
        try {
            OwnedFile.takeOver(path, _ -> Files.deleteIfExists(path));
        } catch (IOException _) {
            // The file may belong to another user. It does no harm, and the next run tries again.
        }
    }

    private static Path randomName(Path target) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return target.resolveSibling(target.getFileName() + "." + random + IndexName.PENDING);
    }
}
