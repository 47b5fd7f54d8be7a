package dev.freshpyc.cli.serve;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Collects the garbage of a load once the load is over. The collector runs only when memory is allocated, and only a full collection gives the
 * memory of the heap back to the system: without this, an idle service would keep what its largest load took.
 */
public final class IdleCollection {

    /** Without a collection for so long, a load is over. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final LongSupplier collections;
    private final Runnable collect;
    private long last;
    private boolean idle;

    /**
     * Begins as idle as a service that has not collected yet.
     *
     * @param collections how many collections there were
     * @param collect collects everything
     */
    IdleCollection(LongSupplier collections, Runnable collect) {
        this.collections = collections;
        this.collect = collect;
        this.last = collections.getAsLong();
        this.idle = true;
    }

    /** Looks every 5 s, in a thread of its own, until the process ends. */
    public static void start() {
        IdleCollection collection = new IdleCollection(IdleCollection::collectionsOfVirtualMachine, System::gc);
        Thread.ofPlatform().daemon().name("idle").start(collection::run);
    }

    /** Collects where there was a load that is now over; to be called in regular intervals. */
    void look() {
        long now = collections.getAsLong();
        boolean quiet = now == last;
        if (quiet && !idle) {
            collect.run();
        }
        idle = quiet;
        last = collections.getAsLong(); // with the collection of this method
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
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
