package dev.freshpyc.indexer.fs;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open directories of one scan by their handles, for readers of file systems that have no descriptors. The readers of all
 * workers share one table. Thread-safe.
 *
 * @param <D> what a reader knows of a directory
 */
public final class DirectoryTable<D> {

    private final Map<Integer, D> directories = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    public OpenDirectory open(D directory) {
        int handle = next.getAndIncrement();
        directories.put(handle, directory);
        return new OpenDirectory(handle);
    }

    /** The directory that belongs to an open handle. */
    public D get(OpenDirectory directory) {
        return Objects.requireNonNull(directories.get(directory.handle()), "the directory is closed");
    }

    public void close(OpenDirectory directory) {
        directories.remove(directory.handle());
    }
}
