package dev.freshpyc.core.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The values of a Berkeley DB hash, versions 8 to 10, in page order: hash pages, and overflow pages for values larger
 * than a page ({@code db_page.h} of Berkeley DB). All pairs are read, so buckets do not matter.
 */
public final class BerkeleyHash {
    private static final int META = 512;
    private static final int MAGIC = 0x061561;
    private static final int PAGE_HEADER = 26;

    private static final byte UNSORTED_HASH_PAGE = 2;
    private static final byte OVERFLOW_PAGE = 7;
    private static final byte HASH_PAGE = 13;
    private static final byte ON_PAGE = 1;
    private static final byte OFF_PAGE = 3;
    private static final int OFF_PAGE_LENGTH = 12;

    private final DatabaseFile file;
    private final Allowance allowance;
    private final ByteOrder order;
    private final int pageSize;

    /** Receives keys and values. */
    public interface Pairs {
        /** Receives a value and its key, four bytes in the byte order of the writer's machine; returns whether to go on. */
        boolean pair(int key, ByteBuffer value);

        /** Receives notice of an unreadable pair. */
        void damaged();
    }

    private BerkeleyHash(DatabaseFile file, ByteOrder order, int pageSize) {
        this.file = file;
        this.order = order;
        this.pageSize = pageSize;
        this.allowance = new Allowance(file.size());
    }

    /** The hash; empty if the file is no Berkeley DB hash. */
    public static Optional<BerkeleyHash> of(DatabaseFile file) throws IOException {
        return file.read(0, META).flatMap(found -> of(file, found.order(ByteOrder.LITTLE_ENDIAN)));
    }

    private static Optional<BerkeleyHash> of(DatabaseFile file, ByteBuffer meta) {
        if (meta.getInt(12) != MAGIC) {
            meta.order(ByteOrder.BIG_ENDIAN);
        }
        int version = meta.getInt(16);
        int pageSize = meta.getInt(20);
        boolean known = meta.getInt(12) == MAGIC
                && version >= 8
                && version <= 10
                && pageSize >= META
                && pageSize <= 0x10000
                && Integer.bitCount(pageSize) == 1;
        return known ? Optional.of(new BerkeleyHash(file, meta.order(), pageSize)) : Optional.empty();
    }

    /** Passes every pair whose key has four bytes to the receiver. */
    public void read(Pairs pairs) throws IOException {
        boolean wanted = true;
        for (long number = 1; wanted && number < file.size() / pageSize; number++) {
            Optional<ByteBuffer> page = page(number).filter(BerkeleyHash::holdsPairs);
            wanted = page.isEmpty() || pairs(page.get(), pairs);
        }
    }

    private static boolean holdsPairs(ByteBuffer page) {
        byte type = page.get(25);
        return type == HASH_PAGE || type == UNSORTED_HASH_PAGE;
    }

    /** Items fill a page from its end towards its front, key and value alternating; their offsets follow the header. */
    private boolean pairs(ByteBuffer page, Pairs pairs) throws IOException {
        int count = Math.min(Short.toUnsignedInt(page.getShort(20)), (pageSize - PAGE_HEADER) / 2);
        int end = pageSize;
        for (int index = 0; index + 1 < count; index += 2) {
            int key = offset(page, index);
            int value = offset(page, index + 1);
            if (value < PAGE_HEADER || value >= key || key >= end) {
                pairs.damaged();
                return true;
            }
            if (end - key == 1 + Integer.BYTES && page.get(key) == ON_PAGE) {
                Optional<ByteBuffer> found = value(page, value, key - value);
                if (found.isEmpty()) {
                    pairs.damaged();
                } else if (!pairs.pair(page.getInt(key + 1), found.get())) {
                    return false;
                }
            }
            end = value;
        }
        return true;
    }

    private static int offset(ByteBuffer page, int index) {
        return Short.toUnsignedInt(page.getShort(PAGE_HEADER + 2 * index));
    }

    private Optional<ByteBuffer> value(ByteBuffer page, int at, int length) throws IOException {
        return switch (page.get(at)) {
            case ON_PAGE -> Optional.of(page.slice(at + 1, length - 1));
            case OFF_PAGE ->
                length == OFF_PAGE_LENGTH ? chain(page.getInt(at + 4), page.getInt(at + 8)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<ByteBuffer> chain(int first, int length) throws IOException {
        if (!allowance.takesValue(length)) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.allocate(length);
        long number = Integer.toUnsignedLong(first);
        while (value.hasRemaining()) {
            Optional<ByteBuffer> page = allowance.takes(pageSize) ? page(number) : Optional.empty();
            int piece =
                    page.map(found -> Short.toUnsignedInt(found.getShort(22))).orElse(0);
            boolean sound = page.isPresent()
                    && page.get().get(25) == OVERFLOW_PAGE
                    && piece <= Math.min(value.remaining(), pageSize - PAGE_HEADER);
            if (!sound) {
                return Optional.empty();
            }
            value.put(page.get().slice(PAGE_HEADER, piece));
            number = Integer.toUnsignedLong(page.get().getInt(16));
        }
        return Optional.of(value.flip());
    }

    /** The page with that number. A used page holds its own number, which is checked. */
    private Optional<ByteBuffer> page(long number) throws IOException {
        return file.read(number * pageSize, pageSize)
                .map(page -> page.order(order))
                .filter(page -> Integer.toUnsignedLong(page.getInt(8)) == number);
    }
}
