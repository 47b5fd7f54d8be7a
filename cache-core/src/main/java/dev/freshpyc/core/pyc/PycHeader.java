package dev.freshpyc.core.pyc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A decoded header of a bytecode file. A hash header has no mtime and a timestamp header no hash, so one cannot be
 * mistaken for the other. All numbers in the file are little-endian (PEP 552; {@code importlib._bootstrap_external}).
 */
public sealed interface PycHeader {

    /** A header that some interpreter accepts: it can be written again byte for byte. */
    sealed interface Intact extends PycHeader {
        Magic magic();

        HeaderLayout layout();

        /** The header as it stands in a file, {@link #layout()} bytes long. */
        byte[] encode();
    }

    /**
     * Valid while the source's mtime and size are these.
     *
     * @param flags 0, or 2, which interpreters accept and treat like 0; always 0 where the layout has no flags
     * @param mtime the low 32 bits of the source's mtime in seconds, unsigned
     * @param size the low 32 bits of the source's size in bytes, unsigned; 0 where the layout has no size
     */
    record Timestamped(Magic magic, HeaderLayout layout, int flags, int mtime, int size) implements Intact {
        @Override
        public byte[] encode() {
            byte[] bytes = new byte[layout.length()];
            ByteBuffer out = littleEndian(bytes).putInt(magic.raw());
            if (layout == HeaderLayout.FLAGS) {
                out.putInt(flags);
            }
            out.putInt(mtime);
            if (layout != HeaderLayout.MTIME) {
                out.putInt(size);
            }
            return bytes;
        }
    }

    /**
     * Valid while the source's content has this hash; looked at on import only when {@code checkSource} is set.
     *
     * @param hash the eight bytes of the hash, read little-endian
     */
    record Hashed(Magic magic, boolean checkSource, SourceHash hash) implements Intact {
        @Override
        public HeaderLayout layout() {
            return HeaderLayout.FLAGS;
        }

        @Override
        public byte[] encode() {
            byte[] bytes = new byte[layout().length()];
            littleEndian(bytes)
                    .putInt(magic.raw())
                    .putInt(checkSource ? HASH_BASED | CHECK_SOURCE : HASH_BASED)
                    .putLong(hash.value());
            return bytes;
        }
    }

    /** The file ends within the header. */
    record Cut(int length) implements PycHeader {}

    /** Flags that no interpreter knows: everything but the two lowest bits must be clear. */
    record BadFlags(Magic magic, int flags) implements PycHeader {}

    /** Flag bit 0: the header holds a source hash. */
    int HASH_BASED = 0b01;

    /** Flag bit 1: the hash is compared with the source on every import. */
    int CHECK_SOURCE = 0b10;

    /** Decodes the first {@code length} bytes of {@code file} as a header of that layout; further bytes are ignored. */
    static PycHeader parse(byte[] file, int length, HeaderLayout layout) {
        if (length < layout.length()) {
            return new Cut(length);
        }
        Magic magic = new Magic(word(file, 0));
        return switch (layout) {
            case MTIME -> new Timestamped(magic, layout, 0, word(file, 4), 0);
            case MTIME_SIZE -> new Timestamped(magic, layout, 0, word(file, 4), word(file, 8));
            case FLAGS -> flagged(magic, file);
        };
    }

    private static PycHeader flagged(Magic magic, byte[] file) {
        int flags = word(file, 4);
        if ((flags & ~(HASH_BASED | CHECK_SOURCE)) != 0) {
            return new BadFlags(magic, flags);
        }
        if ((flags & HASH_BASED) != 0) {
            long hash = Integer.toUnsignedLong(word(file, 8)) | (long) word(file, 12) << 32;
            return new Hashed(magic, (flags & CHECK_SOURCE) != 0, new SourceHash(hash));
        }
        return new Timestamped(magic, HeaderLayout.FLAGS, flags, word(file, 8), word(file, 12));
    }

    private static int word(byte[] file, int at) {
        return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16 | file[at + 3] << 24;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
