package dev.freshpyc.cli.serve;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Collects the garbage of a load once the load is over. The collector runs only when memory is allocated, and only a full collection
 * returns memory of the heap to the system. Without this class, an idle service would keep the memory of its largest load.
 */
public final class IdleCollection {

    /** A load is over when no collection has run for so long. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private final LongSupplier collections;
    private final Runnable collect;
    private long last;
    private boolean idle;

    /**
     * Begins as idle as a service that has not collected yet.
     *
     * @param collections counts the collections so far
     * @param collect runs a full collection
     */
    IdleCollection(LongSupplier collections, Runnable collect) {
        this.collections = collections;
        this.collect = collect;
        this.last = collections.getAsLong();
        this.idle = true;
    }

    /** Calls {@link #look} every 10 s, in a thread of its own, until the process ends. */
    public static void start() {
        IdleCollection collection = new IdleCollection(IdleCollection::collectionsOfVirtualMachine, System::gc);
        Thread.ofPlatform().daemon().name("idle").start(collection::run);
    }

    /** Runs a full collection if a load has ended since the last call. Call this at regular intervals. */
    void look() {
        long now = collections.getAsLong();
        boolean quiet = now == last;
        if (quiet && !idle) {
            collect.run();
        }
        idle = quiet;
        last = collections.getAsLong(); // includes the collection of this method
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(QUIET);
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long collectionsOfVirtualMachine() {
        long count = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            count += collector.getCollectionCount();
        }
        return count;
    }
}
