package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names in one directory that a scan needs: sources, bytecode files, extension modules, directories and symbolic links. All names lie in one
 * array and are addressed by index. A worker reuses its listings for every directory, so that names make no garbage.
 */
public final class Listing {

    /** The type of a directory entry, decided without a stat: by the suffix of its name and the type in the listing. */
    public enum EntryType {
        /** {@code *.py}, a regular file or a link. */
        SOURCE,
        /** {@code *.pyc} or {@code *.pyo}, not a directory. */
        PYC,
        /** {@code *.so} or {@code *.pyd}, not a directory; a link of that name is a {@link #LINK}. */
        EXTENSION,
        DIRECTORY,
        /** A link with another suffix, which may lead to a directory. */
        LINK,
        /** Any other file; only in a listing {@linkplain Listing#withOthers() that was asked for them}. */
        OTHER;

        /** The type of a name; null for an entry that a scan does not need. */
        public static @Nullable EntryType of(byte[] bytes, int start, int end, boolean directory, boolean link) {
            if (directory) {
                return isDots(bytes, start, end) ? null : DIRECTORY;
            }
            if (end - start > 3 && bytes[end - 3] == '.' && bytes[end - 2] == 'p' && bytes[end - 1] == 'y') {
                return SOURCE;
            }
            if (hasPycSuffix(bytes, start, end)) {
                return PYC;
            }
            return link ? LINK : isExtension(bytes, start, end) ? EXTENSION : null;
        }

        private static boolean hasPycSuffix(byte[] bytes, int start, int end) {
            return end - start > 4
                    && bytes[end - 4] == '.'
                    && bytes[end - 3] == 'p'
                    && bytes[end - 2] == 'y'
                    && (bytes[end - 1] == 'c' || bytes[end - 1] == 'o');
        }

        private static boolean isExtension(byte[] bytes, int start, int end) {
            if (end - start > 3 && bytes[end - 1] == 'o') {
                return bytes[end - 3] == '.' && bytes[end - 2] == 's';
            }
            return end - start > 4
                    && bytes[end - 1] == 'd'
                    && bytes[end - 4] == '.'
                    && bytes[end - 3] == 'p'
                    && bytes[end - 2] == 'y';
        }

        private static boolean isDots(byte[] bytes, int start, int end) {
            return bytes[start] == '.' && (end == start + 1 || (end == start + 2 && bytes[start + 1] == '.'));
        }
    }

    private static final int INITIAL = 256;

    /** A listing with more names than this frees its arrays before the next directory. */
    private static final int MAX_KEPT = 1 << 16;

    private static final int NO_READER = -1;

    private final int number;
    private byte[] bytes = new byte[INITIAL];
    private int[] starts = new int[INITIAL];
    private int[] ends = new int[INITIAL];
    private EntryType[] types = new EntryType[INITIAL];
    private int count;
    private boolean others;

    /**
     * A listing without names.
     *
     * @param number tells a reader's listings apart, so that it may keep data of its own beside the names
     */
    public Listing(int number) {
        this.number = number;
    }

    /** A listing without names that no reader can fill. */
    public static Listing empty() {
        return new Listing(NO_READER);
    }

    /** Makes the listing hold all names in a directory, and returns it. */
    public Listing withOthers() {
        others = true;
        return this;
    }

    /** The type of a name, as {@link EntryType#of} says; null for a name that the listing does not hold. */
    public @Nullable EntryType typeOf(byte[] name, int start, int end, boolean directory, boolean link) {
        @Nullable EntryType type = EntryType.of(name, start, end, directory, link);
        return type == null && others && !directory ? EntryType.OTHER : type;
    }

    public int number() {
        return number;
    }

    /** Removes all names. */
    public void clear() {
        count = 0;
        if (starts.length > MAX_KEPT) {
            starts = new int[INITIAL];
            ends = new int[INITIAL];
            types = new EntryType[INITIAL];
            bytes = new byte[INITIAL];
        }
    }

    /**
     * The array for names, grown to {@code length} bytes; a reader writes names there before it {@linkplain #add adds} them.
     */
    public byte[] ensureCapacity(int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        return bytes;
    }

    /** Adds the name that stands in {@link #bytes()} from {@code start} to {@code end}. */
    public void add(EntryType type, int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            types = Arrays.copyOf(types, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        types[count++] = type;
    }

    /** Adds a copy of {@code name} behind the names before it; for readers that fill the listing by this method alone. */
    public void add(EntryType type, byte[] name) {
        int start = count == 0 ? 0 : ends[count - 1];
        System.arraycopy(name, 0, ensureCapacity(start + name.length), start, name.length);
        add(type, start, start + name.length);
    }

    public int count() {
        return count;
    }

    /** The array that holds all names. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int index) {
        return starts[index];
    }

    public int end(int index) {
        return ends[index];
    }

    public EntryType type(int index) {
        return types[index];
    }

    /** Whether a directory has the name of a bytecode file. */
    public boolean isDirectoryNamedAsPyc(int index) {
        return types[index] == EntryType.DIRECTORY && EntryType.hasPycSuffix(bytes, starts[index], ends[index]);
    }

    public RawPath name(int index) {
        return RawPath.of(bytes, starts[index], ends[index]);
    }
}
