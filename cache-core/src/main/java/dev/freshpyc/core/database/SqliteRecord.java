package dev.freshpyc.core.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first columns of a row ("Record Format" in SQLite's file format documentation): a header of types, then the values
 * in sequence.
 */
public final class SqliteRecord {
    /** Columns that are read at most: those of the schema table, which are type, name, table, page and SQL. */
    private static final int COLUMNS = 5;

    private static final int[] WIDTHS = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    private static final int LAST_INTEGER = 6;
    private static final int FIRST_BYTES = 12;

    private final byte[] payload;
    private final long[] types;
    private final int[] ends;

    private SqliteRecord(byte[] payload, long[] types, int[] ends) {
        this.payload = payload;
        this.types = types;
        this.ends = ends;
    }

    static Optional<SqliteRecord> of(byte[] payload) {
        ByteCursor header = new ByteCursor(payload, 0, payload.length);
        long begin = header.varint();
        if (header.isOverrun() || begin < header.position() || begin > payload.length) {
            return Optional.empty();
        }
        long[] types = new long[COLUMNS];
        int[] ends = new int[COLUMNS + 1];
        ends[0] = (int) begin;
        int columns = 0;
        while (columns < COLUMNS && header.position() < begin) {
            types[columns] = header.varint();
            long width = width(types[columns]);
            if (header.isOverrun() || width < 0 || width > payload.length - ends[columns]) {
                return Optional.empty();
            }
            ends[columns + 1] = ends[columns] + (int) width;
            columns++;
        }
        return Optional.of(new SqliteRecord(payload, Arrays.copyOf(types, columns), ends));
    }

    /** The bytes of a blob column; empty for other columns. */
    public Optional<ByteBuffer> blob(int column) {
        return isBytes(column, 0)
                ? Optional.of(
                        ByteBuffer.wrap(payload, ends[column], length(column)).slice())
                : Optional.empty();
    }

    public boolean isText(int column, String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        return isBytes(column, 1)
                && Arrays.equals(payload, ends[column], ends[column + 1], expected, 0, expected.length);
    }

    /** A positive integer. */
    public OptionalLong positive(int column) {
        if (column >= types.length || types[column] < 1 || types[column] > LAST_INTEGER) {
            return OptionalLong.empty();
        }
        long value = new ByteCursor(payload, ends[column], ends[column + 1]).number(length(column));
        boolean negative = payload[ends[column]] < 0;
        return negative ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Whether a column is a blob (an even type, {@code parity} 0) or a text (an odd type, 1). */
    private boolean isBytes(int column, int parity) {
        return column < types.length && types[column] >= FIRST_BYTES && types[column] % 2 == parity;
    }

    private int length(int column) {
        return ends[column + 1] - ends[column];
    }

    /** The width of a value in bytes; negative for an unknown type. */
    private static long width(long type) {
        if (type >= FIRST_BYTES) {
            return (type - FIRST_BYTES) / 2;
        }
        return type >= 0 && type < WIDTHS.length ? WIDTHS[(int) type] : -1;
    }
}
