package dev.freshpyc.core.marshal;

import java.io.ByteArrayOutputStream;

/** Writes marshal data by hand, good and bad. */
final class Stream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A type byte. */
    Stream type(char code) {
        return u8(code);
    }

    /** A type byte with FLAG_REF. */
    Stream marked(char code) {
        return u8(code | 0x80);
    }

    Stream u8(int value) {
        bytes.write(value);
        return this;
    }

    Stream i16(int value) {
        return u8(value).u8(value >> 8);
    }

    Stream i32(int value) {
        return i16(value).i16(value >> 16);
    }

    Stream zeros(int count) {
        bytes.writeBytes(new byte[count]);
        return this;
    }

    Stream types(String codes) {
        codes.chars().forEach(this::u8);
        return this;
    }

    Stream tuple(int size) {
        return type('(').i32(size);
    }

    Stream reference(int slot) {
        return type('r').i32(slot);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
