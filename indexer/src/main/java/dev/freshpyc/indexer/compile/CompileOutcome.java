package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** The result of a {@link CompileRequest}. Messages come from the interpreter: bounded, but escape them before printing. */
public sealed interface CompileOutcome {

    /**
     * The body for each requested level, without a header. The code equals that of {@code py_compile}; the bytes may differ,
     * since marshal marks objects as shared depending on their reference counts.
     */
    record Compiled(Map<OptimizationLevel, byte[]> bodies) implements CompileOutcome {
        public Compiled {
            bodies = Map.copyOf(bodies);
        }
    }

    /** The source has a syntax error in that version of Python; the line is empty if the interpreter names none. */
    record SyntaxFault(OptionalInt line, String message) implements CompileOutcome {
        public SyntaxFault {
            line = line.orElse(0) > 0 ? line : OptionalInt.empty(); // 0 where the encoding is unknown
        }
    }

    /** The interpreter raised another exception, such as {@code RecursionError} or {@code ValueError}. */
    record Refused(String exception, String message) implements CompileOutcome {

        /** Whether the interpreter had too little memory; what is left of it may be in pieces. */
        boolean isOutOfMemory() {
            return exception.equals("MemoryError");
        }
    }

    /** The source is larger than the limit and was not compiled. */
    record TooLarge(int limit) implements CompileOutcome {}

    /** The compiled bodies are larger than the limit in base64 and were not sent. */
    record BodyTooLarge(int limit) implements CompileOutcome {}

    /** The worker did not reply in time and was killed. */
    record TimedOut(Duration limit) implements CompileOutcome {}

    /** The worker ended without a reply; the status of a killed process is 128 plus the signal. */
    record Crashed(int status) implements CompileOutcome {}

    /** The worker broke the protocol, or exceeded the limit of a reply, and was killed. */
    record Garbled(String reason) implements CompileOutcome {}

    /** The interpreter cannot be started, or has another magic number than it had; the source is not the cause. */
    record Unstartable(String reason) implements CompileOutcome {}
}
