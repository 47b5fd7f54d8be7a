package dev.freshpyc.indexer.archive;

/** Little-endian numbers in an array, as zip archives have them. */
final class LittleEndian {

    private LittleEndian() {}

    static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    static int word(byte[] bytes, int at) {
        return half(bytes, at) | half(bytes, at + 2) << 16;
    }

    static long unsignedWord(byte[] bytes, int at) {
        return Integer.toUnsignedLong(word(bytes, at));
    }

    static long longWord(byte[] bytes, int at) {
        return unsignedWord(bytes, at) | (long) word(bytes, at + 4) << 32;
    }

    static void putWord(byte[] bytes, int at, int word) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (word >>> (8 * i));
        }
    }

    static void putLong(byte[] bytes, int at, long word) {
        putWord(bytes, at, (int) word);
        putWord(bytes, at + Integer.BYTES, (int) (word >>> 32));
    }

    /** The last place where that word stands; −1 where it does not. */
    static int lastIndexOf(byte[] bytes, int word) {
        int at = bytes.length - Integer.BYTES;
        while (at >= 0 && word(bytes, at) != word) {
            at--;
        }
        return at;
    }
}
