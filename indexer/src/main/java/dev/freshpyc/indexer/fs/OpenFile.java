package dev.freshpyc.indexer.fs;

import java.util.function.IntConsumer;

/**
 * A file or directory that a {@link TreeWriter} opened. Closing it releases the descriptor; a second close does nothing. Any
 * thread may close it, and any writer may use it.
 */
public final class OpenFile implements AutoCloseable {

    private final int handle;
    private final IntConsumer closer;
    private volatile boolean closed;

    /**
     * Takes over a descriptor.
     *
     * @param closer releases the descriptor
     */
    public OpenFile(int handle, IntConsumer closer) {
        this.handle = handle;
        this.closer = closer;
    }

    /** The writer's number for the file: the file descriptor on Linux. */
    public int handle() {
        if (closed) {
            throw new IllegalStateException("the file is closed");
        }
        return handle;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closer.accept(handle);
        }
    }
}
