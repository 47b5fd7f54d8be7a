package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.scan.EntryVisitor;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the distributions of path entries while a walk has them open, and keeps them when the walk has ended. Nothing is kept of
 * a run that could not write its indexes, since the directory of the cache is the same.
 */
public final class MetadataCollector implements EntryVisitor {

    private final EntryPointCache cache;
    private final Map<RawPath, MetadataReading> readings = new ConcurrentHashMap<>();

    public MetadataCollector(EntryPointCache cache) {
        this.cache = cache;
    }

    @Override
    public void entered(PathEntry entry, TreeReader files, OpenDirectory directory) {
        RawPath path = entry.path().absolute();
        readings.put(path, cache.reader().readAgain(path, files, directory));
    }

    /**
     * Brings the cache up to date. Entries that the walk did not enter, such as archives and second names of a directory, are
     * read now.
     */
    public void keep(List<PathEntry> entries) {
        for (PathEntry entry : entries) {
            @Nullable MetadataReading reading = readings.get(entry.path().absolute());
            if (reading == null) {
                cache.metadata(entry.path(), Belief.NONE);
            } else {
                cache.keep(reading);
            }
        }
    }
}
