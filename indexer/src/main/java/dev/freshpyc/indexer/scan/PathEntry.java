package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One entry of the path that is scanned, and the key of everything that is kept for the entry. Entries are ordered as on the
 * path; a path that is named twice has two entries.
 */
public sealed interface PathEntry extends Comparable<PathEntry> {
    Comparator<PathEntry> ON_THE_PATH =
            Comparator.comparingInt(PathEntry::position).thenComparing(PathEntry::path);

    /** The entry's path as the user gave it, or as the interpreter has it in {@code sys.path}. */
    RawPath path();

    /** The entry's place on the path, from 0: for order only. */
    int position();

    @Override
    default int compareTo(PathEntry other) {
        return this == other ? 0 : ON_THE_PATH.compare(this, other);
    }

    /** The directories at {@code paths}, in the order given. */
    static List<PathEntry> directories(List<RawPath> paths) {
        return IntStream.range(0, paths.size())
                .<PathEntry>mapToObj(position -> new Directory(paths.get(position), position))
                .toList();
    }

    /** A directory with sources and pycs: the only kind of entry that the scanner reads. */
    record Directory(RawPath path, int position) implements PathEntry {}

    /**
     * The {@code __pycache__} of one directory, which a user named: nothing else in the directory is scanned.
     *
     * @param path the directory of the sources
     */
    record CacheDirectory(RawPath path, int position) implements PathEntry {}

    /** A zip file that the interpreter imports from; its members have no pycs in {@code __pycache__}. */
    record Archive(RawPath path, int position) implements PathEntry {}
}
