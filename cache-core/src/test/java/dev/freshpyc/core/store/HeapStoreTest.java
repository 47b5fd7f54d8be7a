package dev.freshpyc.core.store;

/** The contract, kept in memory. */
class HeapStoreTest extends IndexStoreContract {

    private final HeapStore store = new HeapStore();

    @Override
    protected IndexStore store() {
        return store;
    }
}
