package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.table.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The entries of a map in the order of their keys; the keys are copied to the heap and sorted. */
final class MapCursor implements Cursor {

    private final EntryMap map;
    private final List<byte[]> keys = new ArrayList<>();
    private int at = -1;

    /** @param map is not changed while this cursor is used */
    MapCursor(EntryMap map) {
        this.map = map;
        map.forEachKey(key -> keys.add(key.clone()));
        keys.sort(Arrays::compareUnsigned);
    }

    @Override
    public boolean next() {
        at++;
        return at < keys.size();
    }

    @Override
    public byte[] key() {
        return keys.get(at);
    }

    @Override
    public byte[] value() {
        return Objects.requireNonNull(map.get(key()));
    }
}
