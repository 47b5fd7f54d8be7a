package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * The names of one listing in the memory where the kernel wrote them, each ended by NUL. Names are passed back to the kernel by
 * address, without a copy. The listing's array holds the same bytes at the same offsets.
 */
final class NativeNames implements AutoCloseable {

    private static final int INITIAL_CAPACITY = 32 * 1024;
    private static final int MAX_KEPT = 1024 * 1024;

    /* struct linux_dirent64, getdents64(2): ino 8, off 8, reclen 2, type 1, name. */
    private static final int RECORD_LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private static final byte DT_UNKNOWN = 0;
    private static final byte DT_DIR = 4;
    private static final byte DT_REG = 8;
    private static final byte DT_LNK = 10;

    private final NativeBuffer buffer = new NativeBuffer(INITIAL_CAPACITY);

    /** Reads all entries of an open directory into {@code listing}; 0 or a negated errno. */
    int read(Libc libc, int directory, UntypedEntries untyped, Listing listing) {
        listing.clear();
        if (buffer.capacity() > MAX_KEPT) {
            buffer.resize(INITIAL_CAPACITY, 0);
        }
        int used = 0;
        while (true) {
            if (buffer.capacity() - used < INITIAL_CAPACITY / 2) {
                buffer.resize(buffer.capacity() * 2, used);
            }
            int read = libc.getdents64(directory, buffer.address() + used, buffer.capacity() - used);
            if (read <= 0) {
                parse(used, untyped, listing);
                return read;
            }
            used += read;
        }
    }

    /** The address of a name, ended by NUL. */
    long address(Listing listing, int index) {
        return buffer.address() + listing.start(index);
    }

    /** Whether the kernel listed a name as a regular file, which may be opened without a stat. */
    static boolean isListedRegular(Listing listing, int index) {
        return listing.bytes()[listing.start(index) - NAME + TYPE] == DT_REG;
    }

    @Override
    public void close() {
        buffer.close();
    }

    private void parse(int used, UntypedEntries untyped, Listing listing) {
        byte[] bytes = listing.ensureCapacity(used);
        buffer.read(0, bytes, 0, used);
        int at = 0;
        while (at < used) {
            int length = (bytes[at + RECORD_LENGTH] & 0xff) | (bytes[at + RECORD_LENGTH + 1] & 0xff) << 8;
            int start = at + NAME;
            int end = start;
            while (bytes[end] != 0) {
                end++;
            }
            byte type = bytes[at + TYPE];
            if (type == DT_UNKNOWN) {
                type = untyped.typeOf(buffer.address() + start);
                bytes[at + TYPE] = type; // so that a link that replaces a regular file later is not followed
            }
            @Nullable EntryType entry = listing.typeOf(bytes, start, end, type == DT_DIR, type == DT_LNK);
            if (entry != null) {
                listing.add(entry, start, end);
            }
            at += length;
        }
    }

    /** Finds the types of entries on file systems that list entries without a type. */
    interface UntypedEntries {
        /** The {@code d_type} of the name at an address; a link is not followed. */
        byte typeOf(long nameAddress);
    }
}
