package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.IndexStoreContract;
import dev.freshpyc.core.store.StoreEvents;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs the store contract on the store in files. */
class ChronicleStoreTest extends IndexStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected IndexStore store() {
        return new ChronicleStore(directory.resolve("indexes"), StoreEvents.NONE);
    }
}
