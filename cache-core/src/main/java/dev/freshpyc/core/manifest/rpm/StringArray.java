package dev.freshpyc.core.manifest.rpm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Strings in sequence, each ended by a NUL. */
final class StringArray {
    static final StringArray NONE = new StringArray(ByteBuffer.allocate(0), new int[1]);

    private final ByteBuffer bytes;

    /** The start of each string, and the end of the last. */
    private final int[] begins;

    private StringArray(ByteBuffer bytes, int[] begins) {
        this.bytes = bytes;
        this.begins = begins;
    }

    /** The strings from {@code offset} on; empty if the bytes end inside a string. */
    static Optional<StringArray> of(ByteBuffer bytes, int offset, int count) {
        if (count > bytes.limit() - offset) {
            return Optional.empty();
        }
        int[] begins = new int[count + 1];
        begins[0] = offset;
        for (int index = 0; index < count; index++) {
            int at = begins[index];
            while (at < bytes.limit() && bytes.get(at) != 0) {
                at++;
            }
            if (at == bytes.limit()) {
                return Optional.empty();
            }
            begins[index + 1] = at + 1;
        }
        return Optional.of(new StringArray(bytes, begins));
    }

    int count() {
        return begins.length - 1;
    }

    int length(int index) {
        return begins[index + 1] - begins[index] - 1;
    }

    /** The bytes of one string followed by those of another. */
    byte[] joined(int index, StringArray others, int other) {
        byte[] both = Arrays.copyOf(get(index), length(index) + others.length(other));
        others.bytes.get(others.begins[other], both, length(index), others.length(other));
        return both;
    }

    byte[] get(int index) {
        byte[] string = new byte[length(index)];
        bytes.get(begins[index], string);
        return string;
    }
}
