package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Walks the entries of a path on all cores. A directory is scanned once, whatever leads to it: an entry that lies within
 * another is its own, and a link to a directory that has another name on the path is passed over, so cycles end. Behind a
 * link the walk stays on the file system that it leads to.
 */
public final class TreeScanner {

    private final Supplier<? extends TreeReader> files;
    private final ScanOptions options;

    public TreeScanner(Supplier<? extends TreeReader> files, ScanOptions options) {
        this.files = files;
        this.options = options;
    }

    /** Shows everything below {@code entries} to visitors, one made for each worker; returns when all was seen. */
    public void scan(List<PathEntry> entries, Supplier<? extends ScanVisitor> visitors) throws InterruptedException {
        Walk walk = new Walk(options);
        try (TreeReader opener = files.get()) {
            walk.begin(entries, opener, visitors.get());
            List<Thread> helpers = new ArrayList<>();
            for (int i = 1; i < options.workers(); i++) {
                helpers.add(Thread.ofPlatform().name("scan-" + i).start(() -> {
                    try (TreeReader own = files.get()) {
                        walk.work(own, visitors.get());
                    }
                }));
            }
            walk.work(opener, visitors.get());
            for (Thread helper : helpers) {
                helper.join();
            }
        }
        walk.throwFailure();
    }

    /** Shows the bytecode of the named sources of one directory, relative to the entry, and nothing below it. */
    public void scanDirectory(PathEntry entry, RawPath directory, Set<RawPath> sources, ScanVisitor visitor) {
        try (TreeReader opener = files.get()) {
            new Walk(options).only(entry, directory, sources, opener, visitor);
        }
    }
}
