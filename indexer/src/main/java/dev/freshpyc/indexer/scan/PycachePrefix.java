package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import java.util.Optional;

/**
 * {@code sys.pycache_prefix}: the directory that mirrors the directories of all sources and has their pycs.
 *
 * @param path absolute
 * @param root the root directory of the system that the sources belong to; the mirror repeats the paths inside it
 * @param tag the tag of the only interpreter that has this prefix; empty for all interpreters
 */
public record PycachePrefix(RawPath path, Optional<RawPath> root, Optional<String> tag) {

    /** A prefix that all interpreters of this system have. */
    public static PycachePrefix of(RawPath path) {
        return new PycachePrefix(path.absolute(), Optional.empty(), Optional.empty());
    }

    /** The directory with the pycs of the sources in {@code directory}, an absolute path. */
    public RawPath mirrored(RawPath directory) {
        return path.resolve(root.flatMap(directory::relativeTo).orElse(directory));
    }

    /** The path whose mirror is {@code mirror}; empty when {@code mirror} does not lie below the prefix. */
    public Optional<RawPath> original(RawPath mirror) {
        return mirror.relativeTo(path).map(root.orElse(RawPath.of("/"))::resolve);
    }

    /** Whether the interpreters of a tag have this prefix, and so ignore {@code __pycache__}. */
    boolean isOf(CacheTag asked) {
        return tag.isEmpty() || tag.get().equals(asked.name());
    }
}
