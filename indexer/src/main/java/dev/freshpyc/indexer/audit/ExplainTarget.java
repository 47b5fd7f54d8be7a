package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import java.util.Optional;

/** What a user wants explained. */
public sealed interface ExplainTarget {

    /** The directory of the sources, spelled as the user named the file. */
    RawPath directory();

    /**
     * A source with its bytecode.
     *
     * @param source the source's name; empty for a pyc whose name implies no source
     * @param file the path that the user gave
     */
    record FileTarget(RawPath directory, Optional<RawPath> source, RawPath file) implements ExplainTarget {

        /** The path of the source; that of the file where there is no source. */
        public RawPath shown() {
            return source.map(below(directory)::resolve).orElse(file);
        }
    }

    /**
     * A directory.
     *
     * @param directory of the sources
     * @param cacheAlone whether only its {@code __pycache__} was named
     */
    record DirectoryTarget(RawPath directory, boolean cacheAlone) implements ExplainTarget {}

    /**
     * What a path names; empty for a path that is neither a source, nor bytecode, nor a directory. A directory that has the name of
     * bytecode is explained as an import meets it.
     *
     * @param prefix the cache prefix that is in force
     */
    static Optional<ExplainTarget> of(RawPath path, Optional<PycachePrefix> prefix) {
        if (!PycPath.isBytecode(path) && CanonicalPath.isDirectory(path)) {
            RawPath real = CanonicalPath.of(path);
            boolean cache = real.name().equals(RawPath.of(PycPath.CACHE_DIRECTORY));
            return Optional.of(new DirectoryTarget(cache ? real.parent() : path, cache));
        }
        Optional<PathEntry.Archive> member = member(path);
        if (member.isPresent()) {
            return PycPath.sourceOf(member.get().inner().name())
                    .map(source -> new FileTarget(path.parent(), Optional.of(source), path));
        }
        if (!PycPath.isBytecode(path)) {
            return ofName(path).map(source -> source);
        }
        Optional<ExplainTarget> unprefixed = prefix.flatMap(root -> unprefixed(path, root));
        return unprefixed.or(() -> ofName(GivenPath.withCacheNamed(path)));
    }

    /** What the name of a file says: a source or bytecode; empty for any other name. No file is looked at. */
    static Optional<FileTarget> ofName(RawPath path) {
        if (path.endsWith(PycPath.SOURCE_SUFFIX)) {
            return Optional.of(new FileTarget(here(path.parent()), Optional.of(path.name()), path));
        }
        return PycPath.isBytecode(path) ? Optional.of(bytecode(path)) : Optional.empty();
    }

    /** The archive and the member that a path such as {@code lib/a.zip!/pkg/mod.pyc} names; empty for other paths. */
    static Optional<PathEntry.Archive> member(RawPath path) {
        return PathEntry.Archive.ofMember(path).filter(found -> CanonicalPath.isRegularFile(found.file()));
    }

    /** A directory as the beginning of paths: nothing for the current one. */
    static RawPath below(RawPath directory) {
        return directory.equals(RawPath.of(".")) ? RawPath.EMPTY : directory;
    }

    private static FileTarget bytecode(RawPath path) {
        boolean cached = path.parent().name().equals(RawPath.of(PycPath.CACHE_DIRECTORY));
        RawPath directory = cached ? path.parent().parent() : path.parent();
        Optional<RawPath> source = PycPath.sourceName(path.name(), !cached);
        return new FileTarget(here(directory), source, path);
    }

    /** The target of a file that lies under the cache prefix; empty for other files. */
    private static Optional<ExplainTarget> unprefixed(RawPath path, PycachePrefix prefix) {
        return prefix.original(path)
                .or(() -> prefix.original(CanonicalPath.of(path.parent()).resolve(path.name())))
                .map(file ->
                        new FileTarget(file.parent(), PycName.parse(file.name()).map(PycName::source), path));
    }

    private static RawPath here(RawPath directory) {
        return directory.equals(RawPath.EMPTY) ? RawPath.of(".") : directory;
    }
}
