package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.IndexStoreContract;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore.DraftLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Runs the store contract on the store in files, with default limits, with overlays, and with temporary files. */
class ChronicleStoreTest {

    @Nested
    final class WithDefaultLimits extends InFiles {
        WithDefaultLimits() {
            super(DraftLimits.DEFAULT);
        }
    }

    @Nested
    final class WithOverlaysOfSmallFiles extends InFiles {
        WithOverlaysOfSmallFiles() {
            super(new DraftLimits(ChangedRecords.IN_MEMORY, 1, 2));
        }
    }

    @Nested
    final class WithLittleMemory extends InFiles {
        WithLittleMemory() {
            super(new DraftLimits(10_000, 1, 8));
        }
    }

    abstract static class InFiles extends IndexStoreContract {

        @TempDir
        private Path directory;

        private final DraftLimits limits;

        InFiles(DraftLimits limits) {
            this.limits = limits;
        }

        @Override
        protected IndexStore store() {
            return new ChronicleStore(directory.resolve("indexes"), StoreEvents.NONE, limits);
        }
    }
}
