package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The index thread opens drafts in advance, but only for entries without seals. */
@Timeout(60)
class DraftsTest {

    /** The number of rounds: in some rounds, the index thread may begin too late to meet the reader. */
    private static final int MEETINGS = 50;

    @TempDir
    private Path directory;

    /** The index thread, which opens drafts, must wait until the other thread has read the seals. */
    @Test
    void noDraftIsOpenedWhileAnotherThreadReadsTheSeals() throws IOException {
        PathEntry entry = new PathEntry.Directory(RawPath.of(directory.toString()), 0);
        IndexStore store = new ChronicleStore(directory.resolve("index"), StoreEvents.NONE);
        try (Draft draft = store.draft(ScanOptions.defaults().indexKey(entry))) {
            draft.publish(1);
        }
        AtomicInteger met = new AtomicInteger();
        AtomicBoolean opened = new AtomicBoolean();
        while (met.get() < MEETINGS) {
            IndexStore watched = new ForwardingStore(store) {
                @Override
                public Optional<Seals> seals(RawPath path) throws IOException {
                    if (!isIndexThread(Thread.currentThread())) {
                        awaitIndexThread();
                        met.incrementAndGet();
                    }
                    return super.seals(path);
                }

                @Override
                public Draft draft(RawPath path) throws IOException {
                    opened.set(true);
                    return super.draft(path);
                }
            };
            try (Drafts drafts = new Drafts(watched, List.of(entry), ScanOptions.defaults(), true, Optional.empty())) {
                assertThat(drafts.seals(entry)).isPresent();
            }
        }
        assertThat(opened).isFalse();
    }

    /** Waits until the index thread waits or has ended. */
    private static void awaitIndexThread() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> isIndexThread(thread) && thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isIndexThread(Thread thread) {
        return thread.getName().equals("index");
    }
}
