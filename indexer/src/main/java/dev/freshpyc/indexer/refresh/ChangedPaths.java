package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a package manager has changed, sorted by entry and directory: the sources that a refresh must scan, and the
 * entries in which the metadata of a distribution has changed. Other paths are left out; sources outside every entry are counted.
 */
public final class ChangedPaths {

    private static final String EGG = ".egg";
    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final Map<PathEntry, Map<RawPath, Set<RawPath>>> sources = new TreeMap<>();

    private final Set<PathEntry> metadata = new TreeSet<>();

    private int outside;

    private record ChangedPlace(PathEntry entry, RawPath relative) {}

    /** Reads paths, each ended by {@code separator}: a newline or NUL. */
    public static List<RawPath> read(InputStream in, int separator) throws IOException {
        List<RawPath> paths = new ArrayList<>();
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            if (next == separator) {
                take(path, paths);
            } else {
                path.write(next);
            }
            next = in.read();
        }
        take(path, paths);
        return paths;
    }

    private static void take(ByteArrayOutputStream path, List<RawPath> paths) {
        if (path.size() > 0) {
            paths.add(RawPath.of(path.toByteArray(), 0, path.size()));
            path.reset();
        }
    }

    /** Sorts paths, absolute or relative to the working directory, by entry. */
    public static ChangedPaths of(List<RawPath> paths, List<PathEntry> entries) {
        return of(paths, entries, Optional.empty());
    }

    /**
     * Sorts paths, absolute or relative to the working directory, by entry.
     *
     * @param prefix where pycs lie apart from their sources
     */
    public static ChangedPaths of(List<RawPath> paths, List<PathEntry> entries, Optional<PycachePrefix> prefix) {
        ChangedPaths changed = new ChangedPaths();
        for (RawPath path : paths) {
            RawPath absolute = path.absolute().normalized();
            Optional<RawPath> mirrored = prefix.flatMap(known -> known.original(absolute));
            if (mirrored.isPresent()) {
                PycPath.sourceOf(mirrored.get()
                                .parent()
                                .resolve(CACHE)
                                .resolve(mirrored.get().name()))
                        .ifPresent(source -> changed.add(source, entries));
            } else if (!changed.addArchive(absolute, entries)) {
                GivenPath.sourceOf(absolute).ifPresent(source -> changed.add(source, entries));
                changed.addMetadata(absolute, entries);
            }
        }
        return changed;
    }

    /** How many of the sources and pycs lie below no entry. They are left out. */
    public int outside() {
        return outside;
    }

    /** Whether a file of a distribution's metadata has changed in an entry. */
    public boolean hasMetadata(PathEntry entry) {
        return metadata.contains(entry);
    }

    /** The sources to scan, relative to the entry; empty for an archive, all of whose sources are scanned. */
    public List<RawPath> sources(PathEntry entry) {
        return directories(entry).entrySet().stream()
                .flatMap(directory -> directory.getValue().stream().map(directory.getKey()::resolve))
                .toList();
    }

    /** The entries that have a path below them. */
    public List<PathEntry> concerned(List<PathEntry> entries) {
        return entries.stream().filter(entry -> sources.containsKey(entry)).toList();
    }

    /** The names of the sources to scan, by directory relative to the entry. */
    Map<RawPath, Set<RawPath>> directories(PathEntry entry) {
        return sources.getOrDefault(entry, Map.of());
    }

    /** Adds the entries that are the archive {@code file}, which is scanned as a whole; false where no entry is. */
    private boolean addArchive(RawPath file, List<PathEntry> entries) {
        boolean found = false;
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Archive archive
                    && (archive.file().absolute().normalized().equals(file)
                            || CanonicalPath.of(archive.file()).equals(file))) {
                sources.computeIfAbsent(entry, _ -> new TreeMap<>()).put(RawPath.EMPTY, Set.of());
                found = true;
            }
        }
        return found;
    }

    private void add(RawPath source, List<PathEntry> entries) {
        nearest(source, entries)
                .ifPresentOrElse(
                        place -> sources.computeIfAbsent(place.entry, _ -> new TreeMap<>())
                                .computeIfAbsent(place.relative.parent(), _ -> new HashSet<>())
                                .add(place.relative.name()),
                        () -> outside++);
    }

    private void addMetadata(RawPath path, List<PathEntry> entries) {
        if (path.names().stream().noneMatch(name -> PathEntryMetadata.isMetadata(name.toPython(), EGG))) {
            return;
        }
        nearest(path, entries)
                .filter(place -> !place.relative.names().isEmpty()
                        && PathEntryMetadata.isMetadata(
                                place.relative.names().getFirst().toPython(),
                                place.entry.path().name().toPython()))
                .ifPresent(place -> metadata.add(place.entry));
    }

    private static Optional<ChangedPlace> nearest(RawPath path, List<PathEntry> entries) {
        Optional<RawPath> nearest = Optional.empty();
        @Nullable PathEntry nearestEntry = null;
        for (PathEntry entry : entries) {
            Optional<RawPath> relative = path.relativeTo(entry.path().absolute().normalized())
                    .or(() -> path.relativeTo(CanonicalPath.of(entry.path())));
            boolean nearer = relative.isPresent()
                    && (nearest.isEmpty()
                            || relative.get().length() < nearest.get().length());
            if (nearer) {
                nearest = relative;
                nearestEntry = entry;
            }
        }
        return nearest.isPresent() && nearestEntry != null
                ? Optional.of(new ChangedPlace(nearestEntry, nearest.get()))
                : Optional.empty();
    }
}
