package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.IndexInfo;

/** The content of an index file in memory; the receiver closes the map. */
record LoadedIndex(IndexInfo info, EncodedSeals seals, OffHeapMap map) {}
