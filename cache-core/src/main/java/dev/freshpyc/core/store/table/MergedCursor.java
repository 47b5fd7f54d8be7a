package dev.freshpyc.core.store.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of several layers as those of one: of entries with equal keys, the one of the newest layer counts. */
public final class MergedCursor implements Cursor {

    private static final byte[] NONE = {};

    private final List<Layer> layers = new ArrayList<>();
    private final boolean withRemoved;
    private boolean begun;
    private byte[] key = NONE;
    private byte[] value = NONE;

    /** A layer and its current key. */
    private static final class Layer {

        private final Cursor cursor;
        private byte[] key = NONE;

        private Layer(Cursor cursor) {
            this.cursor = cursor;
        }

        private boolean next() throws IOException {
            boolean any = cursor.next();
            key = any ? cursor.key() : NONE;
            return any;
        }
    }

    private MergedCursor(List<Cursor> newestFirst, boolean withRemoved) {
        newestFirst.forEach(cursor -> layers.add(new Layer(cursor)));
        this.withRemoved = withRemoved;
    }

    /** The entries of all layers, without the removed keys. */
    public static MergedCursor of(List<Cursor> newestFirst) {
        return new MergedCursor(newestFirst, false);
    }

    /** The entries of the upper layers alone, including those that say that a key of the layers below was removed. */
    public static MergedCursor withRemoved(List<Cursor> newestFirst) {
        return new MergedCursor(newestFirst, true);
    }

    @Override
    public boolean next() throws IOException {
        do {
            advance();
            if (layers.isEmpty()) {
                return false;
            }
            Layer first = layers.getFirst();
            for (Layer layer : layers) {
                if (Arrays.compareUnsigned(layer.key, first.key) < 0) {
                    first = layer;
                }
            }
            key = first.key;
            value = first.cursor.value();
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
            Layer layer = layers.get(i);
            if ((!begun || Arrays.equals(layer.key, key)) && !layer.next()) {
                layers.remove(i);
            }
        }
        begun = true;
    }
}
