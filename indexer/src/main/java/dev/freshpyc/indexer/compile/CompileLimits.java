package dev.freshpyc.indexer.compile;

import java.time.Duration;

/**
 * What one file may cost.
 *
 * @param time for the compilation at all levels that one process does; the first file of a process waits for its start,
 *     too
 * @param source bytes of a source
 * @param reply bytes of a worker's answer, in base64
 */
public record CompileLimits(Duration time, int source, int reply) {

    /** A thousand times what the longest module of the standard library needs. */
    public static final CompileLimits DEFAULT = new CompileLimits(Duration.ofSeconds(60), 64 << 20, 256 << 20);

    public CompileLimits withTime(Duration other) {
        return new CompileLimits(other, source, reply);
    }

    public CompileLimits withSource(int other) {
        return new CompileLimits(time, other, reply);
    }

    public CompileLimits withReply(int other) {
        return new CompileLimits(time, source, other);
    }
}
