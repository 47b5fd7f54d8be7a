package dev.freshpyc.indexer.index;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the index that has a file: the index of the nearest directory above the file that is an indexed path entry. */
public final class NearestIndex {

    private final IndexedEntries entries;
    private final Optional<PycachePrefix> prefix;
    private final UnaryOperator<RawPath> canonical;

    /** The entries whose indexes a lookup considers. */
    @FunctionalInterface
    public interface IndexedEntries {

        /** Whether the index with that key is one of them. */
        boolean contains(RawPath key) throws IOException;
    }

    /** A lookup of this system's files. */
    public NearestIndex(IndexStore store) {
        this(store, Optional.empty(), CanonicalPath::of);
    }

    /**
     * A lookup in the indexes of scans with that cache prefix.
     *
     * @param canonical finds the canonical path of a directory as the user names it
     */
    public NearestIndex(IndexStore store, Optional<PycachePrefix> prefix, UnaryOperator<RawPath> canonical) {
        this(entry -> store.info(entry).isPresent(), prefix, canonical);
    }

    /**
     * A lookup in the indexes of some entries.
     *
     * @param canonical finds the canonical path of a directory as the user names it
     */
    public NearestIndex(IndexedEntries entries, Optional<PycachePrefix> prefix, UnaryOperator<RawPath> canonical) {
        this.entries = entries;
        this.prefix = prefix;
        this.canonical = canonical;
    }

    /**
     * Where a file's record is.
     *
     * @param entry the indexed path entry
     * @param source the file's source relative to the entry
     */
    public record RecordPlace(RawPath entry, RawPath source) {}

    /** The place of the record of a source or a pyc; empty when no index can have the file. */
    public Optional<RecordPlace> find(RawPath path) throws IOException {
        Optional<RecordPlace> member = findMember(path);
        if (member.isPresent()) {
            return member;
        }
        Optional<RawPath> below = prefixed(path);
        if (below.isPresent()) {
            return findReal(below.get());
        }
        Optional<RawPath> source = GivenPath.sourceOf(path.absolute());
        return source.isEmpty()
                ? Optional.empty()
                : find(source.get().parent(), source.get().name());
    }

    /**
     * The place of the record of a source. A scan names a directory by its real path if that path lies inside the
     * entry, and otherwise by the path of the link that leads there.
     */
    private Optional<RecordPlace> find(RawPath directory, RawPath name) throws IOException {
        RawPath real = canonical.apply(directory);
        if (!real.equals(directory) && directory.equals(directory.normalized())) {
            for (RawPath above = directory; above.length() > 1; above = above.parent()) {
                RawPath entry = canonical.apply(above);
                if (!real.equals(entry) && real.relativeTo(entry).isEmpty() && entries.contains(key(entry))) {
                    return directory
                            .relativeTo(above)
                            .map(relative -> new RecordPlace(key(entry), relative.resolve(name)));
                }
            }
        }
        return findReal(real.resolve(name));
    }

    /** The place of the record of a source in a directory with a canonical path. */
    private Optional<RecordPlace> findReal(RawPath source) throws IOException {
        return nearestEntry(source.parent())
                .flatMap(entry -> source.relativeTo(entry).map(relative -> new RecordPlace(key(entry), relative)));
    }

    /** The place of a member of an archive, named as {@code lib/a.zip!/pkg/mod.pyc}: no cache prefix holds for archives. */
    private Optional<RecordPlace> findMember(RawPath path) throws IOException {
        Optional<PathEntry.Archive> named = PathEntry.Archive.ofMember(path);
        Optional<RawPath> inside = named.flatMap(found -> PycPath.sourceOf(found.inner()));
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        RawPath zip = named.get().file().absolute();
        RawPath file = canonical.apply(zip.parent()).resolve(zip.name());
        for (RawPath at = inside.get().parent(); ; at = at.parent()) {
            RawPath entry = file.resolve(at);
            if (entries.contains(entry)) {
                return inside.get().relativeTo(at).map(relative -> new RecordPlace(entry, relative));
            }
            if (at.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
        }
    }

    /** The source of a pyc below the cache prefix; empty for every other file. */
    private Optional<RawPath> prefixed(RawPath path) {
        Optional<RawPath> directory = prefix.flatMap(
                known -> known.original(canonical.apply(path.absolute().parent())));
        return directory.flatMap(below ->
                PycName.parse(path.name()).map(name -> CanonicalPath.of(below).resolve(name.source())));
    }

    private RawPath key(RawPath entry) {
        return prefix.map(known -> known.mirrored(entry)).orElse(entry);
    }

    private Optional<RawPath> nearestEntry(RawPath directory) throws IOException {
        RawPath at = directory;
        while (true) {
            if (entries.contains(key(at))) {
                return Optional.of(at);
            }
            if (at.parent().equals(at) || at.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
            at = at.parent();
        }
    }
}
