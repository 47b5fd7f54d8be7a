package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;

/**
 * A row of a report, with the key that it is sorted by.
 *
 * @param <E> identifies a path entry, and orders the entries
 */
final class SortedRow<E extends Comparable<? super E>> {

    /** Heap for the objects of a row: the row itself, the path and both arrays. */
    private static final int OBJECTS = 120;

    private final E entry;
    private final RawPath path;
    private final String level;
    private final byte[] bytes;

    /** @param bytes the printed row, never changed */
    SortedRow(E entry, RawPath path, String level, byte[] bytes) {
        this.entry = entry;
        this.path = path;
        this.level = level;
        this.bytes = bytes;
    }

    /** By entry, then by path, then by level. */
    static <E extends Comparable<? super E>> Comparator<SortedRow<E>> order() {
        return Comparator.comparing((SortedRow<E> row) -> row.entry)
                .thenComparing(SortedRow::path)
                .thenComparing(SortedRow::level);
    }

    E entry() {
        return entry;
    }

    RawPath path() {
        return path;
    }

    String level() {
        return level;
    }

    /** The length of the printed row. */
    int length() {
        return bytes.length;
    }

    void print(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** About how many bytes of heap the row takes. */
    int heap() {
        return OBJECTS + path.length() + bytes.length;
    }
}
