package dev.freshpyc.core.lookup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A generation with a count of those inside, which the last one to leave closes. The count begins with the one that opened it,
 * so it reaches zero once only, after that one has left; from then on nobody enters.
 */
final class SharedGeneration {

    private final Generation generation;
    private final AtomicInteger inside = new AtomicInteger(1);
    private final long number;
    private final long token;
    private volatile IndexInfo info;

    SharedGeneration(Generation generation) {
        this.generation = generation;
        this.info = generation.info();
        this.number = info.generation();
        this.token = info.token();
    }

    /** Whether the caller is inside now, and must {@link #leave}. */
    boolean enter() {
        int count = inside.get();
        while (count > 0 && !inside.compareAndSet(count, count + 1)) {
            count = inside.get();
        }
        return count > 0;
    }

    void leave() {
        if (inside.decrementAndGet() == 0) {
            generation.close();
        }
    }

    /** Asks the index itself; for those inside only. */
    Optional<SourceRecord> get(RawPath source) {
        return generation.get(source);
    }

    IndexInfo info() {
        return info;
    }

    /** Whether {@code latest} is this state; then its time is taken over. */
    boolean confirmedBy(IndexInfo latest) {
        boolean same = info.sameState(latest);
        if (same) {
            info = latest;
        }
        return same;
    }

    AnswerKey key(RawPath source) {
        return new AnswerKey(number, token, source);
    }

    /** Whether the answer to {@code key} is this generation's. */
    boolean answers(AnswerKey key) {
        return key.generation() == number && key.token() == token;
    }
}
