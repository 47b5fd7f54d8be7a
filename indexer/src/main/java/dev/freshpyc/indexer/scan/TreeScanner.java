package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Walks the entries of a path on all cores. A directory is scanned once, by whatever path: an entry inside another entry is scanned
 * as its own entry, and a link to a directory that has another name on the path is skipped, so that cycles end. Behind a link, the
 * walk stays on the file system of the link's target.
 */
public final class TreeScanner {

    private final Supplier<? extends TreeReader> files;
    private final ScanOptions options;

    public TreeScanner(Supplier<? extends TreeReader> files, ScanOptions options) {
        this.files = files;
        this.options = options;
    }

    /** Shows all pycs below {@code entries} to visitors, one for each worker; returns when the walk is complete. */
    public void scan(List<PathEntry> entries, Supplier<? extends ScanVisitor> visitors) throws InterruptedException {
        scan(entries, visitors, EntryVisitor.NONE);
    }

    /** Shows all pycs as {@link #scan(List, Supplier)} does, and the directory of each entry to {@code roots}. */
    public void scan(List<PathEntry> entries, Supplier<? extends ScanVisitor> visitors, EntryVisitor roots)
            throws InterruptedException {
        Walk walk = new Walk(options, roots);
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

    /** Shows the bytecode in one archive. */
    public void scanArchive(PathEntry.Archive entry, ScanVisitor visitor) {
        scanArchive(entry, _ -> true, visitor);
    }

    /** Shows the bytecode of one source in an archive; the source is relative to the entry. */
    public void scanArchive(PathEntry.Archive entry, RawPath source, ScanVisitor visitor) {
        scanArchive(entry, source::equals, visitor);
    }

    private void scanArchive(PathEntry.Archive entry, Predicate<RawPath> sources, ScanVisitor visitor) {
        try (TreeReader opener = files.get()) {
            new ArchiveScan(opener, options, visitor).scan(entry, sources);
        }
    }

    /** The source of a name, relative to the entry, in an archive. */
    public SourceState sourceInArchive(PathEntry.Archive entry, RawPath name) {
        try (TreeReader opener = files.get()) {
            return ArchiveScan.source(opener, options, entry, name);
        }
    }

    /** The place of a source in the order of finders; the source is relative to the entry, and need not exist. */
    public SourceScan.Order orderInArchive(PathEntry.Archive entry, RawPath source) {
        try (TreeReader opener = files.get()) {
            return ArchiveScan.order(opener, options, entry, source);
        }
    }

    /** The verdict on an archive as a whole that imports cannot read; no member is read. */
    public Optional<Verdict> archiveFlaw(PathEntry.Archive entry) {
        try (TreeReader opener = files.get()) {
            return ArchiveScan.flaw(opener, options, entry);
        }
    }

    /** Shows the pycs of the named sources in one directory; the directory is relative to the entry, subdirectories are skipped. */
    public void scanDirectory(PathEntry entry, RawPath directory, Set<RawPath> sources, ScanVisitor visitor) {
        try (TreeReader opener = files.get()) {
            new Walk(options, EntryVisitor.NONE).only(entry, directory, sources, opener, visitor);
        }
    }
}
