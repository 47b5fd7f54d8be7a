package dev.freshpyc.indexer.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What another process prints, read by a thread of its own and kept up to a limit. A thread, because a read cannot be
 * given up: a process that outlives its parent may hold the pipe for ever, and then only the thread waits.
 */
final class BoundedOutput {

    /** What becomes of a stream that exceeds its limit. */
    enum WhenFull {
        /** Its end is of no interest any more. */
        STOP,
        /** It is read on, so that its writer is not held up, and thrown away. */
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

    /** Waits for the end, or until more came than is kept; false when neither happened in that time. */
    boolean await(Duration time) throws InterruptedException {
        return reader.join(time);
    }

    /** Whether more came than the limit. */
    synchronized boolean full() {
        return full;
    }

    /** What was kept so far, one character per byte. */
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
            // The process was killed; what it printed before is kept.
        }
    }

    private synchronized boolean keep(byte[] chunk, int length) {
        int room = limit - kept.size();
        kept.write(chunk, 0, Math.min(room, length));
        full |= length > room;
        return !full;
    }
}
