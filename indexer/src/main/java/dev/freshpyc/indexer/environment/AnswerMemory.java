package dev.freshpyc.indexer.environment;

import java.time.Instant;
import java.util.Optional;

/** Keeps what interpreters answered. An answer is recalled only if the interpreter would give the same answer now. */
public interface AnswerMemory {

    /** Knows nothing and keeps nothing. */
    AnswerMemory NONE = new AnswerMemory() {
        @Override
        public Optional<String> recall(ProbeRequest request) {
            return Optional.empty();
        }

        @Override
        public void remember(ProbeRequest request, String line, PythonEnvironment environment, Instant begun) {}
    };

    /** The line that was answered to that request; empty where it is not known, or may be another one now. */
    Optional<String> recall(ProbeRequest request);

    /**
     * Keeps an answer, if it can be told later whether it still holds.
     *
     * @param line the answer, in ASCII
     * @param environment what the line says
     * @param begun when the interpreter was started
     */
    void remember(ProbeRequest request, String line, PythonEnvironment environment, Instant begun);
}
