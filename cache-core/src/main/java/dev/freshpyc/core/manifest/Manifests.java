package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the manifests of an entry say of its sources and bytecode files, by the file's path relative to the entry. Built by one
 * thread, then read by many.
 *
 * <p>A file may stand in several: a Debian package of Python modules has it in its md5sums and in a RECORD. One of which two
 * manifests have different digests by one function is not vouched for at all: one of them overwrote it, and which one is not
 * told.
 */
public final class Manifests {
    /** More rows than this are not taken: a hundred times the largest installation known. */
    public static final int ROW_LIMIT = 2_000_000;

    /** Paths of more bytes than this are not taken: as many rows with names twice as long as they are. */
    static final long PATHS_LIMIT = 256L * 1024 * 1024;

    private static final int MANIFESTS_PER_FILE = 8;

    /** Nothing for a file that is in dispute. */
    private final Map<RawPath, List<Expected>> files = new HashMap<>();

    private long rows;
    private long badRows;
    private long paths;
    private int read;
    private int refused;

    /** What was met on the way. */
    public record Tally(int manifests, int refused, long rows, long badRows, int files) {}

    /** What one manifest says of a source and of its bytecode. */
    public record Pair(Expected source, Expected pyc) {

        /** Whether both files, of those digests by {@link Expected#algorithm}, are as they were installed. */
        public boolean matches(byte[] sourceDigest, byte[] pycDigest) {
            return source.matches(sourceDigest) && pyc.matches(pycDigest);
        }

        /** Whether the match is no evidence against who wants to deceive. */
        public boolean isWeak() {
            return source.algorithm().isWeak() || pyc.algorithm().isWeak();
        }
    }

    /** The digest for a file of the entry, by the strongest function; empty where no manifest vouches for it. */
    public Optional<Expected> expected(RawPath relative) {
        return all(relative).stream().max(Comparator.comparing(Expected::algorithm));
    }

    /**
     * What is evidence when both match: digests of a source and its bytecode in one manifest, by the strongest functions. Empty
     * where there is none, as for bytecode that was compiled after the package was built.
     */
    public Optional<Pair> pair(RawPath source, RawPath pyc) {
        return all(source).stream()
                .flatMap(ofSource ->
                        all(pyc).stream().filter(ofSource::isBeside).map(ofPyc -> new Pair(ofSource, ofPyc)))
                .max(Comparator.comparing(Pair::isWeak).reversed().thenComparing(pair -> pair.source.algorithm()));
    }

    /** What was met while the manifests were read. */
    public Tally tally() {
        return new Tally(read, refused, rows, badRows, files.size());
    }

    /** Whether another manifest would be one too many. */
    public boolean isFull() {
        return rows + badRows >= ROW_LIMIT || paths >= PATHS_LIMIT;
    }

    /** Whether another row of a manifest that is being read would be one too many. */
    public boolean isFull(ManifestRows reading) {
        return rows + badRows + reading.rows() + reading.badRows() >= ROW_LIMIT || paths >= PATHS_LIMIT;
    }

    /** Takes what a manifest says of a file below the entry; other files than sources and bytecode are left out. */
    public void add(RawPath relative, Expected expected) {
        if (relative.endsWith(".py") || relative.endsWith(".pyc")) {
            paths += relative.length();
            files.merge(relative, List.of(expected), Manifests::both);
        }
    }

    private static List<Expected> both(List<Expected> known, List<Expected> more) {
        Expected next = more.getFirst();
        if (known.isEmpty() || known.stream().anyMatch(next::contradicts)) {
            return List.of();
        }
        if (known.size() == MANIFESTS_PER_FILE) {
            return known;
        }
        List<Expected> both = new ArrayList<>(known);
        both.add(next);
        return List.copyOf(both);
    }

    private List<Expected> all(RawPath relative) {
        return files.getOrDefault(relative, List.of());
    }

    /** A manifest was read. */
    public void count(ManifestRows finished) {
        read++;
        rows += finished.rows();
        badRows += finished.badRows();
    }

    /** A manifest was not read: it is too large, no regular file, not to be opened, or damaged. */
    public void countRefused() {
        refused++;
    }

    /**
     * The path relative to {@code entry} of what a RECORD in it calls {@code path}: relative to the entry or absolute, and
     * with dots taken at their word. Empty for what lies outside, such as scripts.
     */
    public static Optional<RawPath> inside(RawPath entry, RawPath path) {
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
