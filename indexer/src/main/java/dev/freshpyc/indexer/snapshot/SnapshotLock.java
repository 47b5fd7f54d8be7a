package dev.freshpyc.indexer.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to change snapshots, which one process has at a time. The kernel takes the right back when the process ends in any way, so
 * the holder knows that half-made and half-removed snapshots belong to no running process. The lock file is never deleted: one process
 * could hold the lock of a deleted file while another makes and locks a new file.
 */
final class SnapshotLock implements Closeable {

    private final FileChannel channel;

    private SnapshotLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock in a directory of snapshots; empty where another run has it. */
    static Optional<SnapshotLock> tryIn(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new SnapshotLock(channel));
            }
        } catch (OverlappingFileLockException _) {
            // A thread of this process has the lock.
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
