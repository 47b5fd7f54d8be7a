package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.manifest.ManifestReader;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the package manager vouches for a pair that nothing else is known of: source and bytecode were installed by one
 * package and are what it installed. Manifests are read when the first such pair is met.
 */
public final class ManifestEvidence {

    private final Optional<RawPath> root;
    private final Map<PathEntry, Manifests> manifests = new ConcurrentHashMap<>();

    /** @param root of the system that the trees belong to, where that is another than this one */
    public ManifestEvidence(Optional<RawPath> root) {
        this.root = root;
    }

    boolean vouches(Sighting sighting, Verdict verdict) {
        boolean unproven = verdict.evidence() != Evidence.INDEX
                && (verdict.reason().equals(Reason.MTIME) || verdict.reason().equals(Reason.RACY));
        if (!unproven || sighting.source().isEmpty() || sighting.pyc().isEmpty()) {
            return false;
        }
        Optional<Manifests.Pair> pair = manifests
                .computeIfAbsent(sighting.entry(), _ -> read(sighting.entry()))
                .pair(sighting.source().get(), sighting.pyc().get());
        return pair.isPresent()
                && matches(pair.get().source(), sighting.openSource())
                && matches(pair.get().pyc(), sighting.openPyc());
    }

    private Manifests read(PathEntry entry) {
        RawPath path = CanonicalPath.of(entry.path());
        return root.map(top -> ManifestReader.of(top, path)).orElseGet(() -> ManifestReader.of(path));
    }

    private static boolean matches(ExpectedDigest expected, FileContents.Opening opening) {
        if (!(opening instanceof FileContents.Opening.Open open)) {
            return false;
        }
        try (FileContents contents = open.contents()) {
            return expected.matches(
                    new FileContents.ContentDigest(expected.algorithm().newDigest())
                            .digest(contents, 0, contents.size()));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
