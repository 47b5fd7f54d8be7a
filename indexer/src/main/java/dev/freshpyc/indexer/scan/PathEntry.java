package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the path that is scanned. Data about an entry is kept under the entry as a key. Entries are ordered as on the path; a
 * directory that is named twice has two entries.
 */
public sealed interface PathEntry extends Comparable<PathEntry> {
    /** The entry's path as the user gave it, or as the interpreter has it in {@code sys.path}. */
    RawPath path();

    /** The entry's place on the path, from 0. It decides the order only. */
    int position();

    @Override
    default int compareTo(PathEntry other) {
        int byPosition = Integer.compare(position(), other.position());
        return byPosition != 0 ? byPosition : path().compareTo(other.path());
    }

    /** The path without links, under which the index of the entry is kept: all paths that lead to a directory share one index. */
    default RawPath canonicalPath() {
        return CanonicalPath.of(path());
    }

    /** The path as reports show it before the path of a file: {@code lib/a.zip!/} for an archive. */
    default RawPath shownPath() {
        return path();
    }

    /** The entries at {@code paths}, in this order, each as a directory. */
    static List<PathEntry> directories(List<RawPath> paths) {
        return IntStream.range(0, paths.size())
                .<PathEntry>mapToObj(position -> new Directory(paths.get(position), position))
                .toList();
    }

    /** A directory with sources and pycs: the only kind of entry that the scanner reads. */
    record Directory(RawPath path, int position) implements PathEntry {

        /** Written out, because the JVM generates the method of a record anew at each start, which takes milliseconds. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Directory that && position == that.position && path.equals(that.path));
        }

        @Override
        public int hashCode() {
            return path.hashCode() * 31 + position;
        }
    }

    /**
     * The {@code __pycache__} of one directory, which a user named: nothing else in the directory is scanned.
     *
     * @param path the directory of the sources
     */
    record CacheDirectory(RawPath path, int position) implements PathEntry {}

    /**
     * A zip file that the interpreter imports from: an archive, an egg, a wheel or a zip application.
     *
     * @param path the entry's path as on {@code sys.path}: the zip file, followed by {@code inner}
     * @param file the zip file
     * @param inner the directory in the archive that the path leads to; {@link RawPath#EMPTY} for the whole archive
     */
    record Archive(RawPath path, int position, RawPath file, RawPath inner) implements PathEntry {

        private static final String SEPARATOR = "!/";

        /** The archive by its path without links. */
        Archive canonical() {
            RawPath real = CanonicalPath.of(file);
            return new Archive(real.resolve(inner), position, real, inner);
        }

        @Override
        public RawPath canonicalPath() {
            return canonical().path();
        }

        @Override
        public RawPath shownPath() {
            return member(RawPath.EMPTY);
        }

        /** The path of a member as reports show it, such as {@code lib/a.zip!/pkg/mod.pyc}. */
        public RawPath member(RawPath relative) {
            byte[] before = file.toBytes();
            byte[] after = RawPath.of(SEPARATOR).toBytes();
            byte[] name = inner.resolve(relative).toBytes();
            byte[] all = new byte[before.length + after.length + name.length];
            System.arraycopy(before, 0, all, 0, before.length);
            System.arraycopy(after, 0, all, before.length, after.length);
            System.arraycopy(name, 0, all, before.length + after.length, name.length);
            return RawPath.of(all, 0, all.length);
        }

        /** The archive of such a path, with the member as its inner directory; empty for other paths. */
        public static Optional<Archive> ofMember(RawPath path) {
            String text = path.toPython();
            int at = text.indexOf(SEPARATOR);
            if (at <= 0) {
                return Optional.empty();
            }
            RawPath zip = RawPath.of(text.substring(0, at));
            RawPath inside = RawPath.of(text.substring(at + SEPARATOR.length()));
            return Optional.of(new Archive(path, 0, zip, inside));
        }
    }
}
