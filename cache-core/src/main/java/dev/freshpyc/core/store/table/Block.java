package dev.freshpyc.core.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of a table: some tens of entries in the order of their keys. A key is stored without the bytes that it shares with
 * the key before, except at each restart, so a search skips from restart to restart and reads a few entries at the end. The
 * package describes the bytes.
 *
 * <p>The bytes have a right checksum, but a faulty program may have written them: then the methods throw an {@link
 * IndexOutOfBoundsException}.
 */
final class Block {

    /**
     * A block is closed when it has this many bytes; only a long entry makes a block much longer. A lookup reads and
     * verifies a whole block, so longer blocks make lookups slower. Shorter blocks make the index of blocks longer, and
     * the index is read whenever a table is opened.
     */
    static final int LENGTH = 1 << 13;

    /** Entries from one restart to the next. */
    static final int INTERVAL = 16;

    private final byte[] bytes;
    private final int restarts;
    private final int end;
    private final ByteBuffer numbers;

    Block(byte[] bytes) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.restarts = numbers.getInt(bytes.length - Integer.BYTES);
        if (restarts < 1 || restarts >= bytes.length / Integer.BYTES) {
            throw new IndexOutOfBoundsException(restarts + " restarts in " + bytes.length + " bytes");
        }
        this.end = bytes.length - Integer.BYTES - restarts * Integer.BYTES;
    }

    /** The value of a key; null if the block has no such key. */
    byte @Nullable [] find(byte[] key) {
        Entries entries = new Entries(restartBefore(key));
        while (entries.next()) {
            int order = Arrays.compareUnsigned(entries.key, 0, entries.keyLength, key, 0, key.length);
            if (order >= 0) {
                return order == 0 ? entries.value() : null;
            }
        }
        return null;
    }

    /** The entries from the first on. */
    Entries entries() {
        return new Entries(0);
    }

    /** The place of the last restart whose key is not greater; the first one if there is none. */
    private int restartBefore(byte[] key) {
        int low = 0;
        int high = restarts - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            Entries first = new Entries(restart(middle));
            first.next();
            if (Arrays.compareUnsigned(first.key, 0, first.keyLength, key, 0, key.length) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return restart(low);
    }

    private int restart(int number) {
        return numbers.getInt(end + number * Integer.BYTES);
    }

    /** Reads one entry after the other. */
    final class Entries {

        private byte[] key = new byte[128];
        private int keyLength;
        private int valueAt;
        private int valueLength;
        private int at;

        private Entries(int from) {
            at = from;
        }

        /** Moves to the next entry; false at the end of the block. */
        boolean next() {
            if (at >= end) {
                return false;
            }
            int shared = number();
            int own = number();
            valueLength = number();
            if (shared > keyLength || own > end - at || valueLength > end - at - own) {
                throw new IndexOutOfBoundsException("an entry outside its block");
            }
            keyLength = shared + own;
            if (keyLength > key.length) {
                key = Arrays.copyOf(key, 2 * keyLength);
            }
            System.arraycopy(bytes, at, key, shared, own);
            valueAt = at + own;
            at = valueAt + valueLength;
            return true;
        }

        byte[] key() {
            return Arrays.copyOf(key, keyLength);
        }

        byte[] value() {
            return Arrays.copyOfRange(bytes, valueAt, valueAt + valueLength);
        }

        /** An unsigned number: seven bits in each byte, the lowest first. */
        private int number() {
            int number = 0;
            for (int shift = 0; shift < Integer.SIZE - 1; shift += 7) {
                byte b = bytes[at++];
                number |= (b & 0x7f) << shift;
                if (b >= 0) {
                    if (number < 0) {
                        break;
                    }
                    return number;
                }
            }
            throw new IndexOutOfBoundsException("a number of more than 31 bits");
        }
    }
}
