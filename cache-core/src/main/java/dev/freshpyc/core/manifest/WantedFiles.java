package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Set;

/**
 * The sources and bytecode files of a path entry whose digests will be asked for: those of all directories, or of some. A refresh of
 * a hundred changed files asks about few directories; without this limit, it would decode and keep the digests of all files of the
 * entry. Immutable, so usable by many threads.
 */
public final class WantedFiles {

    /** The files of all directories. */
    public static final WantedFiles ALL = new WantedFiles(Set.of(), true);

    private static final byte[] CACHE = PycPath.CACHE_DIRECTORY.getBytes(StandardCharsets.US_ASCII);

    private final Set<RawPath> directories;
    private final boolean all;

    /** The lengths of the directories' paths in bytes: most other directories are told apart by their length alone. */
    private final BitSet lengths = new BitSet();

    private WantedFiles(Set<RawPath> directories, boolean all) {
        this.directories = Set.copyOf(directories);
        this.all = all;
        directories.forEach(directory -> lengths.set(directory.length()));
    }

    /**
     * The files of some directories and of the {@code __pycache__} in each.
     *
     * @param directories relative to the entry; the empty path is the entry itself
     */
    public static WantedFiles in(Set<RawPath> directories) {
        return new WantedFiles(directories, false);
    }

    /** Whether these are the files of all directories. */
    public boolean isAll() {
        return all;
    }

    /** Whether a file, by its path relative to the entry, lies in one of the directories, whatever its name. */
    public boolean covers(RawPath file) {
        return all || isCovered(file.toBytes(), 0, file.length());
    }

    /** Whether a source or bytecode file is one of these, by its path relative to the entry. */
    boolean contains(RawPath file) {
        return (file.endsWith(".py") || file.endsWith(".pyc")) && covers(file);
    }

    /**
     * The rows about these files in a manifest whose paths begin at the root directory and have neither dots nor empty names.
     *
     * @param places the paths under which a package may have put the entry, relative to the root directory; the empty path is the
     *     root directory itself
     */
    public RowFilter below(Collection<RawPath> places) {
        byte[][] prefixes = places.stream().map(RawPath::toBytes).toArray(byte[][]::new);
        return (bytes, from, to) -> isPython(bytes, from, to) && isBelow(prefixes, bytes, from, to);
    }

    /**
     * The rows about these files in a RECORD. A path in a RECORD may be absolute or have dots; all rows with such a path are wanted,
     * since only the decoded path tells which file is meant.
     *
     * @param place the path of the entry relative to the directory of the RECORD's distribution; empty if both are the same
     */
    public RowFilter inRecord(RawPath place) {
        byte[][] prefix = {place.toBytes()};
        return (bytes, from, to) -> isPython(bytes, from, to)
                ? isBelow(prefix, bytes, from, to) || !RawPath.isPlain(bytes, from, to)
                : mayHide(bytes, from, to) && !RawPath.isPlain(bytes, from, to);
    }

    private static boolean isPython(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == 'c' ? to - 1 : to;
        return end - from >= 3 && bytes[end - 1] == 'y' && bytes[end - 2] == 'p' && bytes[end - 3] == '.';
    }

    /** Whether the last name may be empty or consist of dots, so that the file has the name before it. */
    private static boolean mayHide(byte[] bytes, int from, int to) {
        return to > from && (bytes[to - 1] == '.' || bytes[to - 1] == '/');
    }

    private boolean isBelow(byte[][] prefixes, byte[] bytes, int from, int to) {
        for (byte[] prefix : prefixes) {
            int begin = prefix.length == 0 ? from : from + prefix.length + 1;
            boolean below = prefix.length == 0
                    || (begin < to
                            && bytes[begin - 1] == '/'
                            && Arrays.equals(bytes, from, begin - 1, prefix, 0, prefix.length));
            if (below && (all || isCovered(bytes, begin, to))) {
                return true;
            }
        }
        return false;
    }

    private boolean isCovered(byte[] bytes, int from, int to) {
        int end = directoryEnd(bytes, from, to);
        if (isCache(bytes, from, end)) {
            end = directoryEnd(bytes, from, end);
        }
        return lengths.get(end - from) && directories.contains(RawPath.of(bytes, from, end));
    }

    private static boolean isCache(byte[] bytes, int from, int end) {
        int begin = end - CACHE.length;
        return begin >= from
                && (begin == from || bytes[begin - 1] == '/')
                && Arrays.equals(bytes, begin, end, CACHE, 0, CACHE.length);
    }

    /** The position of the last slash, or the beginning where there is none. */
    private static int directoryEnd(byte[] bytes, int from, int to) {
        int at = to - 1;
        while (at > from && bytes[at] != '/') {
            at--;
        }
        return Math.max(at, from);
    }
}
