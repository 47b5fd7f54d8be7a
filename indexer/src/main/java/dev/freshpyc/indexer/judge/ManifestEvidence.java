package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.manifest.ArchiveRecords;
import dev.freshpyc.indexer.manifest.ManifestFiles;
import dev.freshpyc.indexer.manifest.ManifestReader;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of package managers: their manifests vouch for a pair when one package installed both files and both are still
 * what it installed, and speak against a pair when a file is not what a package installed. A manifest is read when the first pair
 * of its entry needs one. Thread-safe.
 */
public final class ManifestEvidence {

    private final BiFunction<PathEntry, WantedFiles, Manifests> reader;
    private final WantedFiles expected;
    private final Map<PathEntry, Manifests> manifests = new ConcurrentHashMap<>();

    /**
     * Evidence from the manifests of one system.
     *
     * @param root the root directory of the system that the trees belong to; empty for this system
     */
    public ManifestEvidence(Optional<RawPath> root) {
        this((entry, wanted) -> read(root, entry, wanted), WantedFiles.ALL);
    }

    /**
     * Evidence from the manifests among some files.
     *
     * @param files whose root directory is that of the system that the trees belong to
     */
    public static ManifestEvidence in(ManifestFiles files) {
        return new ManifestEvidence(
                (entry, wanted) ->
                        ManifestReader.of(files, files.real(entry.path()).orElse(entry.path()), wanted),
                WantedFiles.ALL);
    }

    private ManifestEvidence(BiFunction<PathEntry, WantedFiles, Manifests> reader, WantedFiles expected) {
        this.reader = reader;
        this.expected = expected;
    }

    /**
     * The evidence of the same manifests, of which only the digests of some files are kept: of those that will be asked for. When
     * another file of an entry is asked for, the entry's manifests are read again and kept whole.
     *
     * @param files by their paths relative to their entry
     */
    public ManifestEvidence expecting(WantedFiles files) {
        return new ManifestEvidence(reader, files);
    }

    /** The verdict, confirmed by a manifest where nothing but an mtime speaks against the pair, or nothing vouches for it. */
    public Verdict confirm(Sighting sighting, Verdict verdict) {
        return verdict.isOpen() && vouches(sighting) ? verdict.vouchedByManifest() : verdict;
    }

    /**
     * The verdict, confirmed by a manifest, or without proof where a matching header is contradicted by a manifest. That takes
     * reading both files.
     *
     * @param content SHA-256 of the source; null where that is unknown
     */
    public Verdict weigh(Sighting sighting, Verdict verdict, @Nullable Sha256 content) {
        boolean contradicted = verdict.isFreshByHeader() && contradicts(sighting, content);
        return contradicted ? verdict.withoutProof() : confirm(sighting, verdict);
    }

    /** The digests that manifests list for a pyc of an entry, also where they list different ones. */
    public List<ExpectedDigest> listed(PathEntry entry, RawPath pyc) {
        return pyc.isAbsolute()
                ? List.of()
                : of(entry, Optional.empty(), Optional.of(pyc)).listed(pyc);
    }

    /** Whether the pyc has a content other than the one that a digest is of; true where the pyc cannot be read. */
    public static boolean differs(Sighting sighting, ExpectedDigest expected) {
        return !matches(expected, sighting.openPyc());
    }

    /** How much of the manifests could be read, for each entry whose manifests were asked; sorted by path. */
    public Map<RawPath, Manifests.Tally> read() {
        Map<RawPath, Manifests.Tally> read = new TreeMap<>();
        manifests.forEach((entry, found) -> read.put(entry.path(), found.tally()));
        return read;
    }

    private boolean vouches(Sighting sighting) {
        Manifests listed = of(sighting);
        if (listed.isEmpty() || sighting.source().isEmpty() || sighting.pyc().isEmpty()) {
            return false;
        }
        Optional<Manifests.DigestPair> pair =
                listed.pair(sighting.source().get(), sighting.pyc().get());
        return pair.isPresent()
                && matches(pair.get().source(), sighting.openSource())
                && matches(pair.get().pyc(), sighting.openPyc());
    }

    /** Whether a manifest lists another digest for the source, or for the pyc. */
    private boolean contradicts(Sighting sighting, @Nullable Sha256 content) {
        Manifests listed = of(sighting);
        if (listed.isEmpty()) {
            return false;
        }
        Optional<ExpectedDigest> source = sighting.source().flatMap(listed::expected);
        if (source.isPresent() && !isSource(source.get(), sighting, content)) {
            return true;
        }
        Optional<ExpectedDigest> pyc = sighting.pyc().flatMap(listed::expected);
        return pyc.isPresent() && !matches(pyc.get(), sighting.openPyc());
    }

    private static boolean isSource(ExpectedDigest expected, Sighting sighting, @Nullable Sha256 content) {
        boolean isKnown = content != null && expected.algorithm() == DigestAlgorithm.SHA256;
        return isKnown
                ? expected.matches(Objects.requireNonNull(content).toBytes())
                : matches(expected, sighting.openSource());
    }

    private Manifests of(Sighting sighting) {
        return of(sighting.entry(), sighting.source(), sighting.pyc());
    }

    /** The manifests of an entry, with the digests of both files. */
    private Manifests of(PathEntry entry, Optional<RawPath> source, Optional<RawPath> pyc) {
        @Nullable Manifests read = manifests.get(entry);
        Manifests known = read == null ? manifests.computeIfAbsent(entry, key -> reader.apply(key, expected)) : read;
        return covers(known.wanted(), source) && covers(known.wanted(), pyc)
                ? known
                : manifests.compute(entry, (key, other) -> whole(key, other));
    }

    private Manifests whole(PathEntry entry, @Nullable Manifests read) {
        return read != null && read.wanted().isAll() ? read : reader.apply(entry, WantedFiles.ALL);
    }

    private static boolean covers(WantedFiles wanted, Optional<RawPath> file) {
        return wanted.isAll() || file.isEmpty() || file.get().isAbsolute() || wanted.covers(file.get());
    }

    private static Manifests read(Optional<RawPath> root, PathEntry entry, WantedFiles wanted) {
        if (entry instanceof PathEntry.Archive archive) {
            return ArchiveRecords.of(CanonicalPath.of(archive.file()), archive.inner());
        }
        RawPath path = CanonicalPath.of(entry.path());
        return ManifestReader.of(root.orElse(RawPath.of("/")), path, wanted);
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
     * Judges as another judge does, and asks the manifests too.
     *
     * @param judge asked first
     * @param contents whether files are read to find out whether a manifest contradicts a matching header; else a manifest is
     *     asked only where that judge proves nothing
     */
    public record ManifestJudge(Judge judge, ManifestEvidence manifests, boolean contents) implements Judge {

        @Override
        public Verdict judge(Sighting sighting) {
            Verdict verdict = judge.judge(sighting);
            return contents ? manifests.weigh(sighting, verdict, null) : manifests.confirm(sighting, verdict);
        }
    }
}
