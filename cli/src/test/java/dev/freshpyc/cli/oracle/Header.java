package dev.freshpyc.cli.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A header, described by the relation of its fields to the right values. {@link #bytes} writes the header for one
 * interpreter and source.
 */
record Header(Magic magic, int flags, Mtime mtime, Size size, Hash hash) {
    static final Header TRUE_TIMESTAMP = new Header(Magic.RIGHT, 0, Mtime.SAME, Size.SAME, Hash.RIGHT);

    enum Magic {
        RIGHT,
        OTHER_VERSION,
        /** The number of a pre-release of the same version. */
        PRE_RELEASE,
        /** A number that no interpreter uses: above those of PyPy, below those of CPython. */
        UNKNOWN,
        /** The right number without the carriage return and the line feed. */
        WRONG_TAIL
    }

    enum Mtime {
        SAME,
        NEXT_SECOND,
        NEXT_DAY,
        ZERO,
        ALL_ONES
    }

    enum Size {
        SAME,
        ONE_MORE,
        ONE_LESS,
        ZERO,
        HIGH_BIT
    }

    enum Hash {
        RIGHT,
        LAST_BIT_WRONG,
        /** Written by a tool that sets the mtime field to 0 although the header contains a hash. */
        FIRST_HALF_ZERO
    }

    /** Whether this is a timestamp header, the only kind that interpreters before 3.7 know. */
    boolean isTimestamp() {
        return flags == 0;
    }

    Header flags(int value) {
        return new Header(magic, value, mtime, size, hash);
    }

    Header magic(Magic value) {
        return new Header(value, flags, mtime, size, hash);
    }

    Header mtime(Mtime value) {
        return new Header(magic, flags, value, size, hash);
    }

    Header size(Size value) {
        return new Header(magic, flags, mtime, value, hash);
    }

    Header hash(Hash value) {
        return new Header(magic, flags, mtime, size, value);
    }

    /** A copy of this header that mismatches its source, whatever the kind of the header. */
    Header outdated() {
        return mtime(Mtime.NEXT_DAY).hash(Hash.LAST_BIT_WRONG);
    }

    byte[] bytes(Interpreter python, SourceTime time) {
        var bytes = ByteBuffer.allocate(python.headerLength()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(magicBytes(python));
        if (python.hasFlags()) {
            bytes.putInt(flags);
        }
        if ((flags & 1) != 0) {
            return bytes.put(hashBytes(python.sourceHash())).array();
        }
        bytes.putInt(mtimeWord(time));
        return bytes.hasRemaining()
                ? bytes.putInt(sizeWord(python.source().length)).array()
                : bytes.array();
    }

    private byte[] magicBytes(Interpreter python) {
        int own = python.magicNumber();
        return switch (magic) {
            case RIGHT -> magicBytes(own, 0x0a0d);
            case OTHER_VERSION -> magicBytes(own == 3413 ? 3425 : 3413, 0x0a0d);
            case PRE_RELEASE -> magicBytes(own - 1, 0x0a0d);
            case UNKNOWN -> magicBytes(1234, 0x0a0d);
            case WRONG_TAIL -> magicBytes(own, 0);
        };
    }

    private static byte[] magicBytes(int number, int tail) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) number)
                .putShort((short) tail)
                .array();
    }

    private int mtimeWord(SourceTime time) {
        return switch (mtime) {
            case SAME -> time.word();
            case NEXT_SECOND -> time.word() + 1;
            case NEXT_DAY -> time.word() + 86_400;
            case ZERO -> 0;
            case ALL_ONES -> -1;
        };
    }

    private int sizeWord(int sourceSize) {
        return switch (size) {
            case SAME -> sourceSize;
            case ONE_MORE -> sourceSize + 1;
            case ONE_LESS -> sourceSize - 1;
            case ZERO -> 0;
            case HIGH_BIT -> sourceSize | 1 << 31;
        };
    }

    private byte[] hashBytes(byte[] right) {
        byte[] hash = right.clone();
        switch (this.hash) {
            case RIGHT -> {}
            case LAST_BIT_WRONG -> hash[7] ^= 1;
            case FIRST_HALF_ZERO -> Arrays.fill(hash, 0, 4, (byte) 0);
        }
        return hash;
    }
}
