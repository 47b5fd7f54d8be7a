package dev.freshpyc.core.manifest.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A package header of RPM's database, as {@code lib/header.c} of RPM writes it: the number of entries, the number of data
 * bytes, the entries (tag, type, offset in the data, count), the data; all numbers big-endian. Of several entries with
 * one tag the last counts, because RPM appends its own entries at installation.
 */
final class RpmHeader {
    static final int INT32 = 4;
    static final int STRING_ARRAY = 8;

    private static final int INTRODUCTION = 8;
    private static final int ENTRY = 16;
    private static final int MAX_ENTRIES = 0xffff;

    /** Longest array, by RPM's own limit. */
    private static final int MAX_COUNT = 0xfffff;

    private final ByteBuffer entries;
    private final ByteBuffer data;

    private RpmHeader(ByteBuffer entries, ByteBuffer data) {
        this.entries = entries;
        this.data = data;
    }

    /** Parses a header, which must fill the bytes exactly. */
    static Optional<RpmHeader> of(ByteBuffer bytes) {
        ByteBuffer header = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        if (header.limit() < INTRODUCTION) {
            return Optional.empty();
        }
        int count = header.getInt(0);
        int length = header.getInt(4);
        boolean fits = count > 0
                && count <= MAX_ENTRIES
                && length >= 0
                && INTRODUCTION + (long) ENTRY * count + length == header.limit();
        return fits
                ? Optional.of(new RpmHeader(
                        header.slice(INTRODUCTION, ENTRY * count), header.slice(INTRODUCTION + ENTRY * count, length)))
                : Optional.empty();
    }

    boolean has(int tag) {
        return entry(tag) >= 0;
    }

    /** The strings of a tag, each ended by a NUL. */
    Optional<StringArray> strings(int tag) {
        int at = entry(tag);
        return is(at, STRING_ARRAY) ? StringArray.of(data, offset(at), count(at)) : Optional.empty();
    }

    /** The numbers of a tag. */
    Optional<ByteBuffer> numbers(int tag) {
        int at = entry(tag);
        boolean whole = is(at, INT32) && (long) count(at) * Integer.BYTES <= data.limit() - offset(at);
        return whole ? Optional.of(data.slice(offset(at), count(at) * Integer.BYTES)) : Optional.empty();
    }

    /** The first number of a tag. */
    OptionalInt number(int tag) {
        return numbers(tag).map(found -> OptionalInt.of(found.getInt(0))).orElseGet(OptionalInt::empty);
    }

    private int entry(int tag) {
        int at = entries.limit() - ENTRY;
        while (at >= 0 && entries.getInt(at) != tag) {
            at -= ENTRY;
        }
        return at;
    }

    private boolean is(int at, int type) {
        return at >= 0 && entries.getInt(at + 4) == type && offset(at) >= 0 && count(at) > 0 && count(at) <= MAX_COUNT;
    }

    private int offset(int at) {
        return entries.getInt(at + 8);
    }

    private int count(int at) {
        return entries.getInt(at + 12);
    }
}
