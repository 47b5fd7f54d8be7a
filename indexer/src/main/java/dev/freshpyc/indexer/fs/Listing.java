package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;

/**
 * The names of one directory that a scan cares about: sources, bytecode files, directories and links that may lead to one.
 * Names lie one behind the other in one array and are named by their index. Used again for the next directory.
 */
public class Listing {

    /** What a name promises, from its ending and the type in the directory entry. */
    public enum Kind {
        /** {@code *.py}, a regular file or a link. */
        SOURCE,
        /** {@code *.pyc}, and not a directory. */
        PYC,
        DIRECTORY,
        /** A link of another ending: a directory may be behind it. */
        LINK
    }

    private static final int INITIAL = 256;

    /** A directory of more names than this gives its memory back afterwards. */
    private static final int MAX_KEPT = 1 << 16;

    private byte[] bytes = new byte[INITIAL];
    private int[] starts = new int[INITIAL];
    private int[] ends = new int[INITIAL];
    private Kind[] types = new Kind[INITIAL];
    private int count;

    /** Forgets the names. */
    public void clear() {
        count = 0;
        if (starts.length > MAX_KEPT) {
            starts = new int[INITIAL];
            ends = new int[INITIAL];
            types = new Kind[INITIAL];
            bytes = new byte[INITIAL];
        }
    }

    /** Room for names of that many bytes, to be written before they are {@linkplain #add added}. */
    public final byte[] room(int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        return bytes;
    }

    /** Adds the name that stands in {@link #bytes()} from {@code start} to {@code end}. */
    public final void add(Kind type, int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            types = Arrays.copyOf(types, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        types[count++] = type;
    }

    public final int count() {
        return count;
    }

    /** The array in which all names lie. */
    public final byte[] bytes() {
        return bytes;
    }

    public final int start(int index) {
        return starts[index];
    }

    public final int end(int index) {
        return ends[index];
    }

    public final Kind type(int index) {
        return types[index];
    }

    public final RawPath name(int index) {
        return RawPath.of(bytes, starts[index], ends[index]);
    }
}
