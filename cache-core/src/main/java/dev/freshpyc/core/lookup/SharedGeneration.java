package dev.freshpyc.core.lookup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A generation with a count of its users, closed by the last user that leaves. The opener is the first user, so the count
 * reaches zero only once, after the opener has left; then nobody can enter any more.
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

    /** Makes the caller a user, who must {@link #leave}; false when the generation is closed. */
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

    /** Reads the index, without the near cache; only for users. */
    Optional<SourceRecord> get(RawPath source) {
        return generation.get(source);
    }

    /** Visits records; only for users. */
    void forEachAfter(RawPath source, Generation.Visitor visitor) {
        generation.forEachAfter(source, visitor);
    }

    IndexInfo info() {
        return info;
    }

    /** Whether {@code latest} is this generation; then takes over the time of its confirmation. */
    boolean confirmedBy(IndexInfo latest) {
        boolean same = info.sameState(latest);
        if (same) {
            info = latest;
        }
        return same;
    }

    NearCache.Key key(RawPath source) {
        return new NearCache.Key(number, token, source);
    }

    /** Whether {@code key} belongs to this generation. */
    boolean answers(NearCache.Key key) {
        return key.generation() == number && key.token() == token;
    }
}
