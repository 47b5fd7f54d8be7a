package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the parts of a record one after the other from bytes that may be damaged. */
final class RecordReader {

    private final byte[] bytes;
    private int at;

    RecordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int readByte() throws BadRecordException {
        require(1);
        return bytes[at++] & 0xff;
    }

    /** A byte without bits outside {@code allowed}. */
    int readFlags(int allowed) throws BadRecordException {
        int flags = readByte();
        if ((flags & ~allowed) != 0) {
            throw bad("unknown flags " + flags);
        }
        return flags;
    }

    long readNumber() throws BadRecordException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return requireShortest(value, next, shift);
            }
        }
        throw bad("number of more than 64 bits");
    }

    /** A number from 0 to {@code max}. */
    long readNumber(long max) throws BadRecordException {
        long value = readNumber();
        if (value < 0 || value > max) {
            throw bad("number out of range: " + Long.toUnsignedString(value));
        }
        return value;
    }

    long readSigned() throws BadRecordException {
        long value = readNumber();
        return (value >>> 1) ^ -(value & 1);
    }

    byte[] readBytes(int length) throws BadRecordException {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] readText() throws BadRecordException {
        return readBytes((int) readNumber(remaining()));
    }

    Sha256 readDigest() throws BadRecordException {
        return Sha256.of(readBytes(Sha256.LENGTH));
    }

    /** Eight bytes, little-endian. */
    long readLong() throws BadRecordException {
        return ByteBuffer.wrap(readBytes(Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    /** Skips bytes. */
    void skip(int length) throws BadRecordException {
        require(length);
        at += length;
    }

    /** The number of bytes read so far. */
    int position() {
        return at;
    }

    int remaining() {
        return bytes.length - at;
    }

    void requireEnd() throws BadRecordException {
        if (remaining() != 0) {
            throw bad(remaining() + " bytes too many");
        }
    }

    BadRecordException bad(String found) {
        return new BadRecordException(found + " before byte " + at + " of " + bytes.length);
    }

    private long requireShortest(long value, int last, int shift) throws BadRecordException {
        boolean padded = last == 0 && shift > 0;
        boolean overflows = shift == 63 && last > 1;
        if (padded || overflows) {
            throw bad("number not in its shortest form");
        }
        return value;
    }

    private void require(int length) throws BadRecordException {
        if (remaining() < length) {
            throw bad("end");
        }
    }
}
