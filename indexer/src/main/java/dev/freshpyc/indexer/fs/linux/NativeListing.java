package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.NameType;
import org.jspecify.annotations.Nullable;

/**
 * A listing whose names also stand where the kernel wrote them, ended by NUL: they are passed back to the kernel by address,
 * without a copy. The bytes on the heap are the same ones at the same places.
 */
final class NativeListing extends Listing implements AutoCloseable {

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

    /** Reads all entries of an open directory; 0 or a negated errno. */
    int fill(Libc libc, int directory, EntryTypes types) {
        clear();
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
                parse(used, types);
                return read;
            }
            used += read;
        }
    }

    /** The address of a name, ended by NUL. */
    long address(int index) {
        return buffer.address() + start(index);
    }

    /** Whether the directory entry said that it is a regular file, so that it can be opened at once. */
    boolean saidRegular(int index) {
        return bytes()[start(index) - NAME + TYPE] == DT_REG;
    }

    @Override
    public void close() {
        buffer.close();
    }

    private void parse(int used, EntryTypes types) {
        byte[] bytes = room(used);
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
                type = types.resolve(buffer.address() + start);
            }
            @Nullable Kind kind = NameType.of(bytes, start, end, type == DT_DIR, type == DT_LNK);
            if (kind != null) {
                add(kind, start, end);
            }
            at += length;
        }
    }

    /** For file systems that do not say the type in the directory entry. */
    interface EntryTypes {
        /** The {@code d_type} of the name at that address, which is not followed. */
        byte resolve(long nameAddress);
    }
}
