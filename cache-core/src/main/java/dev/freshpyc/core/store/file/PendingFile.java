package dev.freshpyc.core.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file while it is written, beside the one that it will replace; deleted unless it is {@linkplain #publish()
 * published}.
 *
 * <p>A run that is killed leaves its file, and nobody may take a living run's file for such a leftover. So: (1) the
 * writer locks its file, and the kernel unlocks it when the process ends, however it ends; (2) whoever can lock
 * another's file deletes it, holding the lock; (3) a cleaner may come between the creation and the lock, so a writer
 * that did not get its lock, or whose file is gone once it has it, takes another name. Nobody waits for a lock. Ages
 * of files were rejected: a slow disk and a clock that jumps make a living file look old.
 */
final class PendingFile implements Closeable {

    /**
     * Those that a thread of this process has open. Closing any channel on a file drops all of this process's locks
     * on it (POSIX), so no second thread may open one: neither a cleaner what is being written, nor two cleaners the
     * same leftover, where one that fails would unlock what the other is about to delete, and its writer would then
     * get the lock.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final int ATTEMPTS = 100;

    private final Path target;
    private final Path path;
    private final FileChannel channel;

    private PendingFile(Path target, Path path, FileChannel channel) {
        this.target = target;
        this.path = path;
        this.channel = channel;
    }

    /** A new, empty file that will replace {@code target}. */
    static PendingFile create(Path target) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String random =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            Path path = target.resolveSibling(target.getFileName() + "." + random + IndexName.PENDING);
            PendingFile made = new PendingFile(target, path, open(path));
            if (made.lock()) {
                return made;
            }
            made.close();
        }
        throw new IOException("no new file stays there: something deletes it");
    }

    FileChannel channel() {
        return channel;
    }

    /** Puts this file in the target's place, as one step that every crash leaves done or not begun. */
    void publish() throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        } finally {
            OPEN.remove(path);
        }
    }

    /** Deletes the file of a run that has ended; any other stays. */
    static void deleteIfLeftOver(Path path) {
        if (OPEN.add(path)) {
            try {
                deleteIfUnlocked(path);
            } finally {
                OPEN.remove(path);
            }
        }
    }

    private static void deleteIfUnlocked(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            // Not ours to delete, or already gone: it hurts nobody, and the next run looks again.
        }
    }

    private static FileChannel open(Path path) throws IOException {
        FileAttribute<?>[] mode = isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
                }
                : new FileAttribute<?>[0];
        OPEN.add(path);
        try {
            return FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
        } catch (IOException | RuntimeException e) {
            OPEN.remove(path);
            throw e;
        }
    }

    private boolean lock() {
        try {
            return channel.tryLock() != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return true; // a file system without locks: then no cleaner gets one either
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
