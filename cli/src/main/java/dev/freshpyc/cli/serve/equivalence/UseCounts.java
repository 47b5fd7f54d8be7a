package dev.freshpyc.cli.serve.equivalence;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts questions and reports since the start of the service. Thread-safe. */
public final class UseCounts {

    private final LongAdder asked = new LongAdder();
    private final LongAdder known = new LongAdder();
    private final LongAdder reported = new LongAdder();

    void count(Question question, Optional<String> unihash) {
        switch (question) {
            case TaskKey _ -> {
                asked.increment();
                unihash.ifPresent(_ -> known.increment());
            }
            case Report _ -> reported.increment();
        }
    }

    void count(List<Question> questions, List<Optional<String>> unihashes) {
        for (int at = 0; at < questions.size(); at++) {
            count(questions.get(at), unihashes.get(at));
        }
    }

    /** Questions about a task. */
    public long asked() {
        return asked.sum();
    }

    /** Questions about a task that was known. */
    public long known() {
        return known.sum();
    }

    /** Reports. */
    public long reported() {
        return reported.sum();
    }
}
