package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds absolute paths, by which journals name every directory. The canonical path of an entry is looked up once. */
final class EntryRoots {

    private final Map<PathEntry, RawPath> roots = new ConcurrentHashMap<>();

    /** The directory of a file, absolute and without links. */
    RawPath directory(FilePlace place) {
        RawPath directory = place.directory();
        return directory.isAbsolute() ? directory : root(place.entry()).resolve(directory);
    }

    /** The path of a file's source, absolute; only its last part may be a link. */
    RawPath source(FilePlace place) {
        return root(place.entry()).resolve(place.source());
    }

    private RawPath root(PathEntry of) {
        return roots.computeIfAbsent(of, entry -> CanonicalPath.of(entry.path()));
    }
}
