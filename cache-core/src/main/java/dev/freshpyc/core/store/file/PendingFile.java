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
 * A file while it is written, beside the file that it will replace; deleted unless it is {@linkplain #publish()
 * published}. {@link OwnedFile} keeps the pending files of living and of killed processes apart.
 */
final class PendingFile implements Closeable {

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

    FileChannel channel() {
        return file.channel();
    }

    /** Puts this file in the target's place, as one step that every crash leaves done or not begun. */
    void publish() throws IOException {
        Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        file.deleteAndClose();
    }

    /** Deletes the file of a process that has ended; any other stays. */
    static void deleteIfLeftOver(Path path) {
        try {
            OwnedFile.takeOver(path, _ -> Files.deleteIfExists(path));
        } catch (IOException _) {
            // Another user's file: it does no harm, and the next run tries again.
        }
    }

    private static Path randomName(Path target) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return target.resolveSibling(target.getFileName() + "." + random + IndexName.PENDING);
    }
}
