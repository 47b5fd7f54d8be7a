package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds symbolic links that lead out of the tree, or out of the root directory where one was named: what lies behind is left. */
final class EscapingLinks {

    private final Optional<RawPath> root;
    private final Map<PathEntry, RawPath> tops = new HashMap<>();

    EscapingLinks(Optional<RawPath> root) {
        this.root = root;
    }

    /**
     * The link and its target, for people to read; empty where the pyc and its source lie inside. A pyc that is a link to no file lies
     * where the link is: nothing is behind the link.
     */
    Optional<String> find(Sighting sighting) {
        RawPath top =
                tops.computeIfAbsent(sighting.entry(), entry -> root.orElseGet(() -> CanonicalPath.of(entry.path())));
        Optional<RawPath> pyc = sighting.pyc();
        return escape(top, sighting.sourceKey(), sighting.sourceBehindLink())
                .or(() -> escape(top, pyc.or(sighting::sourceKey).map(RawPath::parent), sighting.cacheBehindLink()))
                .or(() -> escape(top, pyc, sighting.fileBehindLink()));
    }

    private static Optional<String> escape(RawPath top, Optional<RawPath> link, Optional<RawPath> target) {
        return target.filter(path -> !path.equals(top) && path.relativeTo(top).isEmpty())
                .map(path -> link.orElse(RawPath.EMPTY).shown() + " leads to " + path.shown());
    }
}
