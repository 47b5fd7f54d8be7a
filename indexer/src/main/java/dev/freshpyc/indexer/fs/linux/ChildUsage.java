package dev.freshpyc.indexer.fs.linux;

import java.util.Optional;

/**
 * Processor time of all children of this process that have ended, with their own ended children ({@code getrusage(2)}, {@code
 * RUSAGE_CHILDREN}).
 */
public record ChildUsage(long userMicros, long systemMicros) {

    private static final int RUSAGE_CHILDREN = -1;

    /** Size of {@code struct rusage}, which begins with the two times, each in seconds and microseconds. */
    private static final int SIZE = 144;

    private static final int SECOND = 1_000_000;

    /** The times until now; empty if the kernel refuses the call. */
    public static Optional<ChildUsage> now() {
        try (Libc libc = new Libc();
                NativeBuffer usage = new NativeBuffer(SIZE)) {
            return libc.getrusage(RUSAGE_CHILDREN, usage.address()) == 0
                    ? Optional.of(new ChildUsage(
                            usage.getLong(0) * SECOND + usage.getLong(8),
                            usage.getLong(16) * SECOND + usage.getLong(24)))
                    : Optional.empty();
        }
    }
}
