package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds pycs that belong to two sources because of symbolic links inside the tree. Such a pyc is wrong for one of its
 * sources, whatever it holds, so a repair leaves it. Memory has only the sources that the scan sees behind a link. All
 * workers share one instance.
 */
final class SharedPycs {

    /** Why such a pyc is left. */
    static final String DETAIL = "symbolic links make it the pyc of two sources";

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final Map<PathEntry, RawPath> tops = new ConcurrentHashMap<>();

    /** The source of each pyc that a link leads to, unless the source beside the pyc is meant; all paths absolute and without links. */
    private final Map<RawPath, RawPath> sources = new ConcurrentHashMap<>();

    private final Set<RawPath> shared = ConcurrentHashMap.newKeySet();

    /** Notes the source of a pyc whose directory lies behind a link; nothing for other pycs. */
    void addDirectory(Sighting sighting) {
        if (sighting.cacheBehindLink().isPresent()) {
            RawPath pyc = path(FilePlace.of(sighting));
            RawPath source = source(sighting);
            Optional<RawPath> beside = sourceBeside(pyc);
            if (beside.isPresent() && !beside.get().equals(source)) {
                shared.add(pyc);
            } else if (beside.isEmpty() && !source.equals(sources.computeIfAbsent(pyc, _ -> source))) {
                shared.add(pyc);
            }
        }
    }

    /** Notes the source of a pyc that is a link itself, where the link leads to the pyc of a source; nothing for other pycs. */
    void addFile(Sighting sighting) {
        sighting.fileBehindLink()
                .filter(pyc -> sourceBeside(pyc)
                        .filter(beside -> !beside.equals(source(sighting)))
                        .isPresent())
                .ifPresent(pyc -> {
                    shared.add(pyc);
                    shared.add(path(FilePlace.of(sighting)));
                });
    }

    /** Whether a planned pyc belongs to two sources. The answer is right when all sightings have been noted. */
    boolean contains(FilePlace place) {
        return !shared.isEmpty() && shared.contains(path(place));
    }

    private RawPath path(FilePlace place) {
        return place.pyc().isAbsolute() ? place.pyc() : top(place.entry()).resolve(place.pyc());
    }

    private RawPath source(Sighting sighting) {
        return sighting.sourceBehindLink()
                .orElseGet(
                        () -> top(sighting.entry()).resolve(sighting.sourceKey().orElseThrow()));
    }

    /**
     * The source that a pyc belongs to if no link leads to the pyc, as a path without links; empty if there is no such
     * source.
     */
    private static Optional<RawPath> sourceBeside(RawPath pyc) {
        boolean cached = pyc.parent().name().equals(CACHE);
        RawPath directory = cached ? pyc.parent().parent() : pyc.parent();
        return PycPath.sourceName(pyc.name(), !cached)
                .map(directory::resolve)
                .filter(CanonicalPath::exists)
                .map(CanonicalPath::of);
    }

    private RawPath top(PathEntry of) {
        return tops.computeIfAbsent(of, entry -> CanonicalPath.of(entry.path()));
    }
}
