package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads paths as users spell them. A file in a {@code __pycache__} is cached bytecode however the user spells the directory: by its
 * name, with dots, through a link, or from inside.
 */
public final class GivenPath {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private GivenPath() {}

    /** The source that a path names or belongs to, whether or not the source exists; empty for other files. */
    public static Optional<RawPath> sourceOf(RawPath path) {
        return PycPath.sourceOf(withCacheNamed(path));
    }

    /** The path of a bytecode file, with the real path of its directory where only the real path shows a {@code __pycache__}. */
    public static RawPath withCacheNamed(RawPath path) {
        if (!PycPath.isBytecode(path) || path.parent().name().equals(CACHE)) {
            return path;
        }
        RawPath real = CanonicalPath.of(path.parent());
        return real.name().equals(CACHE) ? real.resolve(path.name()) : path;
    }

    /** The entries at {@code paths}, in this order. A {@code __pycache__} stands for the cache of its sources. */
    public static List<PathEntry> entries(List<RawPath> paths) {
        return IntStream.range(0, paths.size())
                .mapToObj(position -> entry(paths.get(position), position))
                .toList();
    }

    private static PathEntry entry(RawPath path, int position) {
        if (CanonicalPath.isDirectory(path)) {
            RawPath real = CanonicalPath.of(path);
            if (real.name().equals(CACHE)) {
                return new PathEntry.CacheDirectory(real.parent(), position);
            }
        }
        return archive(path, position).<PathEntry>map(found -> found).orElse(new PathEntry.Directory(path, position));
    }

    /** The entries of an interpreter's {@code sys.path}: directories, archives, and paths that do not exist. */
    public static List<PathEntry> ofPath(List<RawPath> paths) {
        return IntStream.range(0, paths.size())
                .<PathEntry>mapToObj(position -> archive(paths.get(position), position)
                        .<PathEntry>map(found -> found)
                        .orElse(new PathEntry.Directory(paths.get(position), position)))
                .toList();
    }

    /** Whether an entry of {@code sys.path} is a file that has neither the contents nor the name of an archive. */
    public static boolean isNoArchive(PathEntry.Archive entry, TreeReader files) {
        return ArchiveScan.isNone(files, entry);
    }

    /**
     * The archive that a path leads to: a regular file that is no source or bytecode, or a path below one, which names directories
     * in the archive ({@code zipimporter.__init__}).
     */
    public static Optional<PathEntry.Archive> archive(RawPath path, int position) {
        RawPath at = path;
        RawPath inner = RawPath.EMPTY;
        while (!CanonicalPath.exists(at)) {
            RawPath parent = at.parent();
            if (parent.equals(at) || parent.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
            inner = at.name().resolve(inner);
            at = parent;
        }
        boolean file =
                CanonicalPath.isRegularFile(at) && !PycPath.isBytecode(at) && !at.endsWith(PycPath.SOURCE_SUFFIX);
        return file ? Optional.of(new PathEntry.Archive(path, position, at, inner)) : Optional.empty();
    }
}
