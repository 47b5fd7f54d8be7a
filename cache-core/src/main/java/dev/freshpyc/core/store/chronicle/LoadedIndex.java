package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.IndexInfo;

/** An index file's content in memory; whoever takes the map closes it. */
record LoadedIndex(IndexInfo info, EncodedSeals seals, OffHeapMap map) {}
