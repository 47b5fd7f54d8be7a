package dev.freshpyc.core.pyc;

/**
 * The first four bytes of every bytecode file, read as one little-endian number: a version number in the low 16 bits,
 * then {@code 0d 0a}, so that a transfer in text mode spoils the file visibly (CPython, {@code pycore_magic_number.h}).
 *
 * @param raw all four bytes, little-endian; the key of the source hash as well
 */
public record Magic(int raw) {

    /** The bytes of a magic number in a file. */
    public static final int LENGTH = 4;

    private static final int TAIL = 0x0a0d0000;

    /** The magic that interpreters call {@code number}: 3495 for CPython 3.11. */
    public static Magic of(int number) {
        return new Magic(number | TAIL);
    }

    /** The number in the low 16 bits, meaningful only when {@link #wellFormed()}. */
    public int number() {
        return raw & 0xffff;
    }

    /** Written by hand: the generated method of a record costs a bootstrap at every start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Magic that && raw == that.raw;
    }

    @Override
    public int hashCode() {
        return raw;
    }

    /** Whether the last two bytes are the {@code 0d 0a} that every interpreter writes. */
    public boolean wellFormed() {
        return (raw & 0xffff0000) == TAIL;
    }
}
