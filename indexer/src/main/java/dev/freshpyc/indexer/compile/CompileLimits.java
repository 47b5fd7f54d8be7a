package dev.freshpyc.indexer.compile;

import java.time.Duration;

/**
 * Limits for the compilation of one source.
 *
 * @param time for all levels that one worker compiles, including the start of a new worker
 * @param source size of the source in bytes
 * @param reply size in bytes of the compiled bodies together, in base64
 */
public record CompileLimits(Duration time, int source, int reply) {

    /** A thousand times the need of the largest module of the standard library. */
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
