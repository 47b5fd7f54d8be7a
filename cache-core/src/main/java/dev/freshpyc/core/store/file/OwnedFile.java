package dev.freshpyc.core.store.file;

import dev.freshpyc.core.file.Permissions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A new file that belongs to the process that created it, until it is closed or the process ends. A killed process leaves
 * its file behind; a cleaner {@linkplain #takeOver takes over} such a file, but never the file of a living process:
 *
 * <ol>
 *   <li>The owner locks its file. The kernel releases the lock when the process ends, however it ends.
 *   <li>A cleaner that gets the lock of another's file knows that the owner is dead. It deletes or renames the file while it
 *       holds the lock.
 *   <li>A cleaner may come between the owner's creation of the file and its lock. An owner that does not get the lock, or
 *       whose file is gone once it has the lock, creates a file of another name.
 *   <li>Two cleaners may open the same file, and the second may get the lock only after the first has renamed or deleted the
 *       file. A cleaner whose file is gone once it has the lock leaves it.
 *   <li>Closing any channel on a file releases all locks of the process on this file (POSIX). So within a process no second
 *       thread may open the file: {@link #OPEN} names all files that a thread has open.
 * </ol>
 *
 * <p>Nobody waits for a lock. The age of a file was rejected as a criterion: on a slow disk, or after a change of the clock,
 * the file of a living owner looks old.
 */
public final class OwnedFile implements Closeable {

    /** What a cleaner does with the file of a dead process. */
    @FunctionalInterface
    public interface Takeover {

        /** Reads the file through {@code channel}, and renames or deletes it. Any other channel would release the lock. */
        void run(FileChannel channel) throws IOException;
    }

    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final int ATTEMPTS = 100;

    private final Path path;
    private final Path key;
    private final FileChannel channel;

    private OwnedFile(Path path, Path key, FileChannel channel) {
        this.path = path;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Creates an empty file that this process owns.
     *
     * @param names returns a new random name at each call
     * @param permissions the permissions as {@code ls -l} shows them; ignored if the file system has no permissions
     */
    public static OwnedFile create(Supplier<Path> names, String permissions) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OwnedFile created = open(names.get(), permissions);
            if (created.lock()) {
                return created;
            }
            created.deleteAndClose();
        }
        throw new IOException("another program deletes every new file at once");
    }

    /**
     * Runs {@code takeover} on a file whose owner is dead; does nothing when the owner lives, when another cleaner has the
     * file, or when the file is gone.
     *
     * @throws IOException when the file cannot be opened, or when {@code takeover} fails
     */
    public static void takeOver(Path path, Takeover takeover) throws IOException {
        Path key = key(path);
        if (!OPEN.add(key)) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (locks(channel) && exists(path)) {
                takeover.run(channel);
            }
        } catch (NoSuchFileException gone) {
            // Its owner or another cleaner was faster.
        } finally {
            OPEN.remove(key);
        }
    }

    public Path path() {
        return path;
    }

    public FileChannel channel() {
        return channel;
    }

    /** Releases the file. If the file still has its name, a cleaner may take over the file from now on. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OPEN.remove(key);
        }
    }

    void deleteAndClose() throws IOException {
        try (this) {
            Files.deleteIfExists(path);
        }
    }

    private static OwnedFile open(Path path, String permissions) throws IOException {
        Path key = key(path);
        OPEN.add(key);
        try {
            FileChannel channel = FileChannel.open(path, OPTIONS, Permissions.ofNew(path, permissions));
            return new OwnedFile(path, key, channel);
        } catch (IOException | RuntimeException e) {
            OPEN.remove(key);
            throw e;
        }
    }

    private boolean lock() {
        try {
            return channel.tryLock() != null && exists(path);
        } catch (IOException _) {
            return true; // the file system has no locks, so no cleaner can get a lock either
        }
    }

    private static boolean locks(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException _) {
            return false;
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the same path for a file even if its directory is reached through different paths. */
    private static Path key(Path path) throws IOException {
        Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
        return directory.toRealPath().resolve(Objects.requireNonNull(path.getFileName()));
    }
}
