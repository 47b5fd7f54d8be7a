package dev.freshpyc.indexer.compile;

import java.util.concurrent.Semaphore;

/**
 * The part of this process's heap that sources and compiled bodies may take. Each compilation reserves a share that grows with
 * its source; a source whose bodies do not fit into its share is compiled again while no other is, with all of the memory.
 */
public final class CompileMemory {

    /** The unit of a reservation, in bytes. */
    private static final int UNIT = 1 << 10;

    /** How often a source is in memory: as it is, and as a line in base64. */
    private static final int COPIES_OF_SOURCE = 3;

    /** How often a reply is in memory, while the buffer grows or the bodies are decoded. */
    private static final int COPIES_OF_REPLY = 3;

    /** The bodies of three levels in base64 take less than this times the source, unless constants are folded. */
    private static final int REPLY_FOR_SOURCE = 4;

    private static final int SMALLEST_REPLY = 512 << 10;

    private final int units;
    private final CompileLimits all;
    private final Semaphore free;

    private CompileMemory(long heap) {
        units = Math.clamp(heap / 2 / UNIT, 1, Integer.MAX_VALUE);
        all = CompileLimits.DEFAULT
                .withSource((int) Math.min(heap / 16, CompileLimits.DEFAULT.source()))
                .withReply((int) Math.min(heap / 8, CompileLimits.DEFAULT.reply()));
        free = new Semaphore(units, true);
    }

    /** Memory for compilations in this process. */
    public static CompileMemory ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory());
    }

    /** Memory for compilations in a process whose heap has that many bytes. */
    public static CompileMemory of(long heap) {
        return new CompileMemory(heap);
    }

    /** The size in bytes of the largest source that can be compiled. */
    public int largestSource() {
        return all.source();
    }

    /** Waits for the share of a source of that many bytes. */
    public Share share(long source) throws InterruptedException {
        long reply = SMALLEST_REPLY + REPLY_FOR_SOURCE * source;
        long needed = (COPIES_OF_SOURCE * source + COPIES_OF_REPLY * reply) / UNIT;
        if (needed >= units || reply >= all.reply()) {
            return all();
        }
        free.acquire((int) needed);
        return new Share((int) needed, all.withReply((int) reply));
    }

    /** Waits until no share is reserved, and reserves all. */
    public Share all() throws InterruptedException {
        free.acquire(units);
        return new Share(units, all);
    }

    /** Memory that is reserved until it is closed. */
    public final class Share implements AutoCloseable {

        private final int reserved;
        private final CompileLimits limits;

        private Share(int reserved, CompileLimits limits) {
            this.reserved = reserved;
            this.limits = limits;
        }

        /** What a compilation with this share may take. */
        public CompileLimits limits() {
            return limits;
        }

        /** Whether there is no more memory than this. */
        public boolean isAll() {
            return reserved == units;
        }

        @Override
        public void close() {
            free.release(reserved);
        }
    }
}
