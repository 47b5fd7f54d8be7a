package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.GroupPlace;
import dev.freshpyc.indexer.scan.PycGroups.Home;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose pairs are observed: the paths of sources and pycs, and the links and permissions on the way to them. A source
 * has an index in {@code sources}, a pyc in {@code groups}; {@link PycGroups#NONE} stands for an absent file.
 *
 * @param node the directory
 * @param open null for a directory that is gone
 * @param linkedCache the {@code __pycache__} where a symbolic link leads to it
 */
record ObservedDirectory(
        TreeReader files,
        ScanOptions options,
        DirectoryNode node,
        @Nullable OpenDirectory open,
        @Nullable OpenDirectory linkedCache,
        Listing sources,
        PycGroups groups) {

    /** The directory, where it is known to exist. */
    OpenDirectory directory() {
        return Objects.requireNonNull(open);
    }

    RawPath source(int source) {
        return node.relative().resolve(sources.name(source));
    }

    RawPath pyc(int pyc) {
        return parent(groups.place(pyc)).resolve(pycName(pyc));
    }

    /** The path that the source of a pyc has or would have; empty where the pyc's name tells none. */
    Optional<RawPath> sourceOf(int pyc) {
        return PycPath.sourceName(pycName(pyc), groups.place(pyc).home() == Home.BESIDE_SOURCES)
                .map(node.relative()::resolve);
    }

    /** Where an interpreter looks for the cached bytecode of a source. */
    RawPath expectedPyc(int source, CacheTag tag, OptimizationLevel level) {
        RawPath cache = options.looksElsewhere(tag, false)
                ? options.pycachePrefix().orElseThrow().mirrored(node.absolute())
                : node.relative().resolve(PycPath.CACHE_DIRECTORY);
        return cache.resolve(PycPath.name(sources.name(source), tag, level));
    }

    /**
     * Whether a pyc lies beside its source or in the {@code __pycache__} there, and neither is a link: a link or a
     * cache prefix may have led to another file when the pyc was written.
     */
    boolean isFixedBesideSource(int source, int pyc) {
        GroupPlace place = groups.place(pyc);
        boolean fixed = place.home() == Home.BESIDE_SOURCES || (place.home() == Home.CACHE && linkedCache == null);
        return fixed && !files.isLink(directory(), sources, source) && !isLink(pyc);
    }

    boolean isLink(int pyc) {
        GroupPlace place = groups.place(pyc);
        return files.isLink(place.directory(), place.names(), groups.nameIndex(pyc));
    }

    /** The path that a pyc's link leads to. */
    RawPath follow(int pyc) {
        GroupPlace place = groups.place(pyc);
        return files.follow(place.directory(), place.names(), groups.nameIndex(pyc));
    }

    /** The real path of a source that is a link or lies behind one. */
    Optional<RawPath> sourceBehindLink(int source) {
        return open != null && source != PycGroups.NONE && (node.isBehindLink() || files.isLink(open, sources, source))
                ? Optional.of(files.follow(open, sources, source))
                : Optional.empty();
    }

    /**
     * The real path of the directory that has a pyc, where the directory lies behind a link.
     *
     * @param pyc may be absent
     * @param tag the tag of an absent pyc
     */
    Optional<RawPath> cacheBehindLink(int pyc, @Nullable CacheTag tag) {
        boolean prefixed = pyc == PycGroups.NONE
                ? options.looksElsewhere(Objects.requireNonNull(tag), false)
                : groups.place(pyc).home() == Home.PREFIX;
        if (open == null || prefixed) {
            return Optional.empty();
        }
        boolean beside = pyc != PycGroups.NONE && groups.place(pyc).home() == Home.BESIDE_SOURCES;
        if (linkedCache != null && !beside) {
            return Optional.of(files.realPath(linkedCache));
        }
        if (!node.isBehindLink()) {
            return Optional.empty();
        }
        RawPath real = files.realPath(open);
        return Optional.of(beside ? real : real.resolve(PycPath.CACHE_DIRECTORY));
    }

    /**
     * The first directory or file on the way to a pyc that a user may not enter or read.
     *
     * @param stat is overwritten
     */
    Optional<RawPath> obstacleFor(FileUser user, int pyc, ClosedDirectories closedDirectories, FileStat stat) {
        GroupPlace place = groups.place(pyc);
        RawPath above = place.home() == Home.PREFIX ? parent(place).parent() : node.absolute();
        Optional<RawPath> closed = closedDirectories.find(above, user);
        if (closed.isPresent()) {
            return closed.map(
                    path -> path.relativeTo(node.entry().path().absolute()).orElse(path));
        }
        if (files.stat(place.directory(), stat) == 0
                && !stat.isSearchableFor(user, () -> files.accessList(place.directory()))) {
            return Optional.of(parent(place));
        }
        int name = groups.nameIndex(pyc);
        int code = files.stat(place.directory(), place.names(), name, stat);
        boolean unreadable =
                code == 0 && !stat.isReadableFor(user, () -> files.accessList(place.directory(), place.names(), name));
        return unreadable ? Optional.of(pyc(pyc)) : Optional.empty();
    }

    private RawPath pycName(int pyc) {
        return groups.place(pyc).names().name(groups.nameIndex(pyc));
    }

    private RawPath parent(GroupPlace place) {
        return switch (place.home()) {
            case BESIDE_SOURCES -> node.relative();
            case CACHE -> node.relative().resolve(PycPath.CACHE_DIRECTORY);
            case PREFIX -> options.pycachePrefix().orElseThrow().mirrored(node.absolute());
        };
    }
}
