package dev.freshpyc.indexer.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The output of another process, read by a thread and kept up to a limit. A separate thread reads because a blocked read
 * cannot be cancelled: if an orphaned descendant holds the pipe open, then only that thread waits.
 */
final class BoundedOutput {

    /** What the reader does when the limit is exceeded. */
    enum WhenFull {
        /** Stop reading. */
        STOP,
        /** Read on and throw the rest away, so that the writer is not blocked. */
        DISCARD
    }

    private static final int CHUNK = 8 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final WhenFull whenFull;
    private final Thread reader;
    private boolean full;

    private BoundedOutput(InputStream stream, int limit, WhenFull whenFull) {
        this.limit = limit;
        this.whenFull = whenFull;
        this.reader = Thread.ofPlatform().daemon().name("interpreter-output").unstarted(() -> read(stream));
    }

    static BoundedOutput of(InputStream stream, int limit, WhenFull whenFull) {
        BoundedOutput output = new BoundedOutput(stream, limit, whenFull);
        output.reader.start();
        return output;
    }

    /** Waits until the stream ends or the limit is exceeded; false if neither happens within {@code time}. */
    boolean await(Duration time) throws InterruptedException {
        return reader.join(time);
    }

    /** Whether the limit was exceeded. */
    synchronized boolean full() {
        return full;
    }

    /** The output kept so far, one character per byte. */
    synchronized String text() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }

    private void read(InputStream stream) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            int length = stream.read(chunk);
            while (length >= 0 && (keep(chunk, length) || whenFull == WhenFull.DISCARD)) {
                length = stream.read(chunk);
            }
        } catch (IOException closed) {
            // The process was killed; its output until then is kept.
        }
    }

    private synchronized boolean keep(byte[] chunk, int length) {
        int room = limit - kept.size();
        kept.write(chunk, 0, Math.min(room, length));
        full |= length > room;
        return !full;
    }
}
