package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What came of a request. Messages are the interpreter's: bounded in length, and to be escaped before they are shown,
 * since they quote the source.
 */
public sealed interface CompileOutcome {

    /**
     * The bytecode for each level that was asked for: the bytes that follow the header of a {@code .pyc}. Equal as code to
     * what {@code py_compile} writes, not always as bytes, since marshal marks shared objects by their reference counts.
     */
    record Compiled(Map<OptimizationLevel, byte[]> bodies) implements CompileOutcome {
        public Compiled {
            bodies = Map.copyOf(bodies);
        }
    }

    /** The source is no Python of that version; the line is absent where the interpreter knows none. */
    record SyntaxFault(OptionalInt line, String message) implements CompileOutcome {}

    /** The interpreter raised another exception, such as {@code RecursionError} or {@code ValueError}. */
    record Refused(String exception, String message) implements CompileOutcome {}

    /** The source exceeds the limit and was not compiled. */
    record TooLarge(int limit) implements CompileOutcome {}

    /** The worker did not answer in time and was killed. */
    record TimedOut(Duration limit) implements CompileOutcome {}

    /** The worker ended before it answered; {@code status} is 128 and the signal for one that was killed. */
    record Crashed(int status) implements CompileOutcome {}

    /** The worker answered what is no answer, or more than the limit, and was killed. */
    record Garbled(String reason) implements CompileOutcome {}

    /** The interpreter does not run, or is not the one that was found; it has nothing to do with the source. */
    record Unstartable(String reason) implements CompileOutcome {}
}
