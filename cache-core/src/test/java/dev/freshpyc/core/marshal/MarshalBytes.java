package dev.freshpyc.core.marshal;

import java.io.ByteArrayOutputStream;

/** Builds marshal data by hand, valid and damaged. */
final class MarshalBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends a type byte. */
    MarshalBytes type(char code) {
        return u8(code);
    }

    /** Appends a type byte with FLAG_REF, which gives the object a reference slot. */
    MarshalBytes flagged(char code) {
        return u8(code | 0x80);
    }

    MarshalBytes u8(int value) {
        bytes.write(value);
        return this;
    }

    MarshalBytes i16(int value) {
        return u8(value).u8(value >> 8);
    }

    MarshalBytes i32(int value) {
        return i16(value).i16(value >> 16);
    }

    MarshalBytes zeros(int count) {
        bytes.writeBytes(new byte[count]);
        return this;
    }

    MarshalBytes bytes(byte[] appended) {
        bytes.writeBytes(appended);
        return this;
    }

    /** Appends ASCII characters: type bytes, or the bytes of a text. */
    MarshalBytes types(String codes) {
        codes.chars().forEach(this::u8);
        return this;
    }

    MarshalBytes tuple(int size) {
        return type('(').i32(size);
    }

    MarshalBytes reference(int slot) {
        return type('r').i32(slot);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
