package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.Seals;

/** An index file's content in memory; whoever takes the map closes it. */
record LoadedIndex(Seals seals, OffHeapMap map) {

    IndexInfo info() {
        return seals.info();
    }
}
