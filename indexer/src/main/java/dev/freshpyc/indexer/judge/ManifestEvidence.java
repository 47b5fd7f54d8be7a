package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.manifest.ManifestReader;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The evidence of package managers: their manifests vouch for a pair when one package installed both files and both are still
 * what it installed. A manifest is asked where nothing but the source's mtime speaks against a pair, and read when the first
 * such pair of its entry is met. Thread-safe.
 */
public final class ManifestEvidence {

    private final Optional<RawPath> root;
    private final Map<PathEntry, Manifests> manifests = new ConcurrentHashMap<>();

    /**
     * Evidence from the manifests of one system.
     *
     * @param root the root directory of the system that the trees belong to; empty for this system
     */
    public ManifestEvidence(Optional<RawPath> root) {
        this.root = root;
    }

    /** The verdict, with what a manifest says; unchanged where the pair is decided or no manifest vouches for it. */
    public Verdict weigh(Sighting sighting, Verdict verdict) {
        return verdict.isOpenToManifest() && vouches(sighting) ? verdict.vouchedByManifest() : verdict;
    }

    /** How much of the manifests could be read, for each entry whose manifests were asked; sorted by path. */
    public Map<RawPath, Manifests.Tally> read() {
        Map<RawPath, Manifests.Tally> read = new TreeMap<>();
        manifests.forEach((entry, found) -> read.put(entry.path(), found.tally()));
        return read;
    }

    private boolean vouches(Sighting sighting) {
        if (sighting.source().isEmpty() || sighting.pyc().isEmpty()) {
            return false;
        }
        Optional<Manifests.Pair> pair = manifests
                .computeIfAbsent(sighting.entry(), this::read)
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

    /**
     * Judges as another judge does, and asks the manifests where that judge proves nothing.
     *
     * @param judge asked first
     */
    public record ManifestJudge(Judge judge, ManifestEvidence manifests) implements Judge {

        @Override
        public Verdict judge(Sighting sighting) {
            return manifests.weigh(sighting, judge.judge(sighting));
        }
    }
}
