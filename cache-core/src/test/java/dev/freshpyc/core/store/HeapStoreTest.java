package dev.freshpyc.core.store;

/** Runs the store contract on the store in memory. */
class HeapStoreTest extends IndexStoreContract {

    private final HeapStore store = new HeapStore();

    @Override
    protected IndexStore store() {
        return store;
    }
}
