package dev.freshpyc.core.store.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The entries of several layers as those of one: of entries with equal keys, the one with the preferred value counts; where none
 * is preferred, the one of the newest layer.
 */
public final class MergedCursor implements Cursor {

    private static final byte[] NONE = {};
    private static final Comparator<byte[]> NONE_PREFERRED = (_, _) -> 0;

    private final List<CursorLayer> layers = new ArrayList<>();
    private final boolean withRemoved;
    private final Comparator<byte[]> preferredFirst;
    private boolean begun;
    private byte[] key = NONE;
    private byte[] value = NONE;

    /** A layer and its current key. */
    private static final class CursorLayer {

        private final Cursor cursor;
        private byte[] key = NONE;

        private CursorLayer(Cursor cursor) {
            this.cursor = cursor;
        }

        private byte[] value() throws IOException {
            return cursor.value();
        }

        private boolean next() throws IOException {
            boolean any = cursor.next();
            key = any ? cursor.key() : NONE;
            return any;
        }
    }

    private MergedCursor(List<Cursor> newestFirst, boolean withRemoved, Comparator<byte[]> preferredFirst) {
        newestFirst.forEach(cursor -> layers.add(new CursorLayer(cursor)));
        this.withRemoved = withRemoved;
        this.preferredFirst = preferredFirst;
    }

    /** The entries of all layers, without the removed keys. */
    public static MergedCursor of(List<Cursor> newestFirst) {
        return new MergedCursor(newestFirst, false, NONE_PREFERRED);
    }

    /**
     * The entries that are left of all layers.
     *
     * @param preferredFirst orders the values of entries with equal keys
     */
    public static MergedCursor of(List<Cursor> newestFirst, Comparator<byte[]> preferredFirst) {
        return new MergedCursor(newestFirst, false, preferredFirst);
    }

    /** The entries of the upper layers alone, including those that say that a key of the layers below was removed. */
    public static MergedCursor withRemoved(List<Cursor> newestFirst) {
        return new MergedCursor(newestFirst, true, NONE_PREFERRED);
    }

    @Override
    public boolean next() throws IOException {
        do {
            advance();
            if (layers.isEmpty()) {
                return false;
            }
            CursorLayer first = layers.getFirst();
            for (CursorLayer layer : layers.subList(1, layers.size())) {
                int order = Arrays.compareUnsigned(layer.key, first.key);
                if (order < 0 || (order == 0 && preferredFirst.compare(layer.value(), first.value()) < 0)) {
                    first = layer;
                }
            }
            key = first.key;
            value = first.value();
        } while (value.length == 0 && !withRemoved);
        return true;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public byte[] value() {
        return value;
    }

    /** Moves every layer that stands on the last key; at first, all layers. */
    private void advance() throws IOException {
        for (int i = layers.size() - 1; i >= 0; i--) {
            CursorLayer layer = layers.get(i);
            if ((!begun || Arrays.equals(layer.key, key)) && !layer.next()) {
                layers.remove(i);
            }
        }
        begun = true;
    }
}
