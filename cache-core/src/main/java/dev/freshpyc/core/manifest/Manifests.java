package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The digests that manifests list for the sources and bytecode files of one path entry, by path relative to the entry.
 * Built by one thread, then read by many.
 *
 * <p>Several manifests may list one file: a Debian package of Python modules has an md5sums and a RECORD. If two
 * manifests list different digests of one function for a file, no manifest vouches for the file, since nobody knows which
 * package overwrote the other's file.
 */
public final class Manifests {
    /** Most rows accepted: a hundred times the largest installation known. */
    public static final int ROW_LIMIT = 2_000_000;

    /** Most path bytes accepted: as many rows with names of twice the usual length. */
    static final long PATHS_LIMIT = 256L * 1024 * 1024;

    private static final int MANIFESTS_PER_FILE = 8;

    private final WantedFiles wanted;

    /** The digests by path. */
    private final Map<RawPath, List<ExpectedDigest>> files = new HashMap<>();

    private final Set<RawPath> disputed = new HashSet<>();

    private long rows;
    private long badRows;
    private long paths;
    private int read;
    private int refused;

    /** Counts of manifests, of their rows, and of the files that they list. */
    public record Tally(int manifests, int refused, long rows, long badRows, int files) {}

    /** The digests that one manifest lists for a source and its bytecode. */
    public record DigestPair(ExpectedDigest source, ExpectedDigest pyc) {

        /**
         * Whether source and bytecode with those digests, each computed by {@link ExpectedDigest#algorithm}, are the
         * installed files.
         */
        public boolean matches(byte[] sourceDigest, byte[] pycDigest) {
            return source.matches(sourceDigest) && pyc.matches(pycDigest);
        }

        /** Whether a match is no evidence against an attacker. */
        public boolean isWeak() {
            return source.algorithm().isWeak() || pyc.algorithm().isWeak();
        }
    }

    /** Manifests of which only the digests of these files are kept. */
    public Manifests(WantedFiles wanted) {
        this.wanted = wanted;
    }

    /** The files whose digests are kept. */
    public WantedFiles wanted() {
        return wanted;
    }

    /** The digest of a file by the strongest function; empty if no manifest vouches for the file. */
    public Optional<ExpectedDigest> expected(RawPath relative) {
        return vouching(relative).stream().max(Comparator.comparing(ExpectedDigest::algorithm));
    }

    /**
     * The digests of a source and its bytecode in one manifest, by the strongest functions; evidence if both match. Empty
     * if no manifest lists both, as for bytecode compiled at installation.
     */
    public Optional<DigestPair> pair(RawPath source, RawPath pyc) {
        return vouching(source).stream()
                .flatMap(ofSource ->
                        vouching(pyc).stream().filter(ofSource::isBeside).map(ofPyc -> new DigestPair(ofSource, ofPyc)))
                .max(Comparator.comparing(DigestPair::isWeak)
                        .reversed()
                        .thenComparing(pair -> pair.source.algorithm()));
    }

    /** Whether no manifest lists any file. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** The digests that manifests list for a file, even if they contradict each other. */
    public List<ExpectedDigest> listed(RawPath relative) {
        return files.getOrDefault(relative, List.of());
    }

    /** The counts of what was read so far. */
    public Tally tally() {
        return new Tally(read, refused, rows, badRows, files.size());
    }

    /** Whether no further manifest is accepted. */
    public boolean isFull() {
        return rows + badRows >= ROW_LIMIT || paths >= PATHS_LIMIT;
    }

    /** Whether no further row of the current manifest is accepted. */
    public boolean isFull(ManifestRows reading) {
        return rows + badRows + reading.rows() + reading.badRows() >= ROW_LIMIT || paths >= PATHS_LIMIT;
    }

    /** Adds the digest of a file below the entry; all but the wanted files are ignored. */
    public void add(RawPath relative, ExpectedDigest expected) {
        if (wanted.contains(relative)) {
            paths += relative.length();
            List<ExpectedDigest> known = listed(relative);
            if (known.stream().anyMatch(expected::contradicts)) {
                disputed.add(relative);
            }
            files.put(relative, known.isEmpty() ? List.of(expected) : both(known, expected));
        }
    }

    private static List<ExpectedDigest> both(List<ExpectedDigest> known, ExpectedDigest next) {
        if (known.size() == MANIFESTS_PER_FILE) {
            return known;
        }
        List<ExpectedDigest> both = new ArrayList<>(known);
        both.add(next);
        return List.copyOf(both);
    }

    /** The digests that vouch for a file: none if manifests contradict each other. */
    private List<ExpectedDigest> vouching(RawPath relative) {
        return disputed.contains(relative) ? List.of() : listed(relative);
    }

    /** Counts a manifest that was read. */
    public void count(ManifestRows finished) {
        read++;
        rows += finished.rows();
        badRows += finished.badRows();
    }

    /** Counts a manifest that was not read: too large, no regular file, unreadable or damaged. */
    public void countRefused() {
        refused++;
    }

    /**
     * The path relative to {@code entry} for a path in a RECORD, which is absolute or relative to the entry; dots are
     * resolved without following links. Empty for a file outside the entry, such as a script.
     */
    public static Optional<RawPath> inside(RawPath entry, RawPath path) {
        if (path.isPlain()) { // nearly all paths of a RECORD
            return Optional.of(path);
        }
        if (!path.isAbsolute()) {
            return normal(path);
        }
        return normal(path).flatMap(normal -> RawPath.of("/").resolve(normal).relativeTo(entry));
    }

    private static Optional<RawPath> normal(RawPath path) {
        ArrayDeque<RawPath> names = new ArrayDeque<>();
        for (RawPath name : path.names()) {
            switch (name.toPython()) {
                case "." -> {}
                case ".." -> {
                    if (names.pollLast() == null && !path.isAbsolute()) {
                        return Optional.empty();
                    }
                }
                default -> names.addLast(name);
            }
        }
        RawPath joined = RawPath.EMPTY;
        for (RawPath name : names) {
            joined = joined.resolve(name);
        }
        return joined.length() == 0 ? Optional.empty() : Optional.of(joined);
    }
}
