package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore.DraftLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Publishes generations until it is killed. The records of a generation have one seed, so a mixture is detected. */
final class PublishingProcess {

    static final RawPath ENTRY = RawPath.of("/opt/app");

    private static final int RECORDS = 300;

    private PublishingProcess() {}

    /** The arguments are the directory of the store, the number of threads, and whether the store makes overlays. */
    public static void main(String[] args) throws IOException {
        IndexStore store = store(Path.of(args[0]), StoreEvents.NONE, Boolean.parseBoolean(args[2]));
        publish(store, 1);
        System.out.println("publishing");
        IntStream.range(0, Integer.parseInt(args[1])).forEach(_ -> new Thread(() -> publishUntilKilled(store)).start());
    }

    /** A store that never makes overlays, or a store that makes every second generation an overlay. */
    static ChronicleStore store(Path directory, StoreEvents events, boolean overlays) {
        DraftLimits limits = new DraftLimits(ChangedRecords.IN_MEMORY, overlays ? 0 : Long.MAX_VALUE, 1);
        return new ChronicleStore(directory, events, limits);
    }

    static void publish(IndexStore store, long seed) throws IOException {
        try (Draft draft = store.draft(ENTRY)) {
            for (int i = 0; i < RECORDS; i++) {
                draft.put(path(i), Samples.proven(seed, 11));
            }
            draft.publish(seed);
        }
    }

    /** Throws unless every record has the seed of the generation. */
    static void assertWhole(Generation generation) {
        SourceRecord expected = Samples.proven(generation.info().checkedAtNanos(), 11);
        int[] seen = {0};
        generation.forEach((path, record) -> {
            if (!record.equals(expected)) {
                throw new AssertionError(path + " has another seed than " + generation.info());
            }
            seen[0]++;
        });
        if (seen[0] != RECORDS || generation.get(path(0)).isEmpty()) {
            throw new AssertionError(seen[0] + " records in " + generation.info());
        }
    }

    private static void publishUntilKilled(IndexStore store) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                publish(store, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
            }
        } catch (IOException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static RawPath path(int number) {
        return RawPath.of("module" + number + ".py");
    }
}
