package dev.freshpyc.indexer.archive;

/**
 * Where one of a member's two headers has its numbers.
 *
 * @param at where the header begins, in the array that holds it
 * @param crc where the checksum stands, from the beginning of the header; the packed and the unpacked size follow it
 * @param lengths where the lengths of the name and the extra field stand
 * @param fixed the length of the header without the name
 */
record NumberFields(int at, int crc, int lengths, int fixed) {

    static final int LOCAL_LENGTH = 30;

    static final int CENTRAL_LENGTH = 46;

    private static final int IN_EXTRA = -1;

    private static final int ZIP64_TAG = 1;

    /** The fields of a local header. */
    static NumberFields local(int at) {
        return new NumberFields(at, 14, 26, LOCAL_LENGTH);
    }

    /** The fields of a member's record in the central directory. */
    static NumberFields central(int at) {
        return new NumberFields(at, 16, 28, CENTRAL_LENGTH);
    }

    /** The length of the header with its name and its extra field, in bytes. */
    int length(byte[] bytes) {
        return fixed + LittleEndian.half(bytes, at + lengths) + LittleEndian.half(bytes, at + lengths + 2);
    }

    /** Whether the header has these numbers, or leaves the sizes to a zip64 field. */
    boolean has(byte[] bytes, int checksum, long packed, long size) {
        return LittleEndian.word(bytes, at + crc) == checksum
                && (LittleEndian.word(bytes, at + crc + 4) == IN_EXTRA
                        || LittleEndian.unsignedWord(bytes, at + crc + 4) == packed)
                && (LittleEndian.word(bytes, at + crc + 8) == IN_EXTRA
                        || LittleEndian.unsignedWord(bytes, at + crc + 8) == size);
    }

    /** Whether the header leaves all numbers to the descriptor behind the data. */
    boolean isEmpty(byte[] bytes) {
        return LittleEndian.word(bytes, at + crc) == 0
                && LittleEndian.word(bytes, at + crc + 4) <= 0
                && LittleEndian.word(bytes, at + crc + 8) <= 0;
    }

    /** Replaces the numbers, in the zip64 field where the header leaves them to it. */
    void write(byte[] bytes, int checksum, long packed, long size) throws SpliceException {
        LittleEndian.putWord(bytes, at + crc, checksum);
        boolean packedInExtra = LittleEndian.word(bytes, at + crc + 4) == IN_EXTRA;
        boolean sizeInExtra = LittleEndian.word(bytes, at + crc + 8) == IN_EXTRA;
        if (!packedInExtra) {
            LittleEndian.putWord(bytes, at + crc + 4, (int) packed);
        }
        if (!sizeInExtra) {
            LittleEndian.putWord(bytes, at + crc + 8, (int) size);
        }
        if (sizeInExtra || packedInExtra) {
            int value = zip64(bytes, (sizeInExtra ? 1 : 0) + (packedInExtra ? 1 : 0));
            if (sizeInExtra) {
                LittleEndian.putLong(bytes, value, size);
                value += Long.BYTES;
            }
            if (packedInExtra) {
                LittleEndian.putLong(bytes, value, packed);
            }
        }
    }

    /** Where the values of the zip64 field begin. */
    int zip64(byte[] bytes, int values) throws SpliceException {
        int field = at + fixed + LittleEndian.half(bytes, at + lengths);
        int end = at + length(bytes);
        while (field + 4 <= end) {
            int length = LittleEndian.half(bytes, field + 2);
            if (LittleEndian.half(bytes, field) == ZIP64_TAG
                    && length >= values * Long.BYTES
                    && field + 4 + length <= end) {
                return field + 4;
            }
            field += 4 + length;
        }
        throw new SpliceException("its zip64 field is missing");
    }
}
