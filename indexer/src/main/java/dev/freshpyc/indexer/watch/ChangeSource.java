package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;

/** Reports changed files. Not thread-safe. */
public interface ChangeSource extends AutoCloseable {

    /** Takes changes. */
    interface Receiver {

        /** A file may have been made, changed or removed. */
        void changed(RawPath path);

        /** Changes may have been missed. */
        void missed();
    }

    /**
     * Waits for changes and hands them to {@code receiver}; returns without a change when the time is over.
     *
     * @param nanos longest wait in nanoseconds
     */
    void await(long nanos, Receiver receiver) throws InterruptedException;

    /** Whether every directory is watched; otherwise the caller must scan for changes. */
    boolean isComplete();

    @Override
    void close() throws IOException;
}
