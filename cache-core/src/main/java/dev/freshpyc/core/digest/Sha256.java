package dev.freshpyc.core.digest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, as four big-endian words: compared without an array, and 32 bytes where it is stored. */
public record Sha256(long first, long second, long third, long fourth) {

    public static final int LENGTH = 32;

    /** The digest that {@code bytes} hold. */
    public static Sha256 of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Sha256(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** A new instance of the digest function. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest's {@value #LENGTH} bytes. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        return out.putLong(first).putLong(second).putLong(third).putLong(fourth).array();
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
