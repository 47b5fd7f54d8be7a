package dev.freshpyc.core.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recent answers as objects: reading an answer from the index takes ten times as long, mostly for decoding. The absence of
 * a record is an answer too.
 *
 * <p>An estimate of the bytes on the heap bounds the cache, not a number of answers: a path has up to 4,096 bytes, and a
 * source has a pyc for each interpreter and level. The calling threads do the housekeeping: to read and keep an answer
 * takes 1.0 to 1.3 µs this way, and 2.1 to 2.8 through the common pool (same machine, in turns).
 */
final class NearCache {

    /** The record that an index has of a source; empty when the index has none. */
    record LookupAnswer(Optional<SourceRecord> record) {}

    /**
     * A source in one generation. The generation is part of the key, so an answer from an old generation, stored late by a
     * slow reader, is never returned for a newer one.
     */
    record Key(long generation, long token, RawPath source) {

        /** Hashes the path alone: the cache holds answers of two generations only for a moment. */
        @Override
        public int hashCode() {
            return source.hashCode();
        }
    }

    /** Bytes of an empty answer: key, path, record and the two nodes of the cache. */
    private static final int ANSWER_BYTES = 320;

    /** Bytes of a pyc in an answer: stamp, header, two digests, verdict and the text of the tag. */
    private static final int PYC_BYTES = 400;

    private final Cache<Key, LookupAnswer> answers;

    NearCache(long bytes) {
        answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(NearCache::weight)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** The cached answer; null when there is none. */
    @Nullable
    LookupAnswer get(Key key) {
        return answers.getIfPresent(key);
    }

    void put(Key key, LookupAnswer answer) {
        answers.put(key, answer);
    }

    /** Drops the answers of other generations at once instead of when the cache is full. */
    void keepOnly(SharedGeneration generation) {
        answers.asMap().keySet().removeIf(key -> !generation.answers(key));
    }

    long hits() {
        return answers.stats().hitCount();
    }

    long misses() {
        return answers.stats().missCount();
    }

    void clear() {
        answers.invalidateAll();
    }

    /** The estimated size of the cache on the heap. */
    long bytes() {
        answers.cleanUp();
        return answers.asMap().entrySet().stream()
                .mapToLong(entry -> weight(entry.getKey(), entry.getValue()))
                .sum();
    }

    private static int weight(Key key, LookupAnswer answer) {
        int pycs = answer.record().map(record -> record.pycs().size()).orElse(0);
        return ANSWER_BYTES + key.source().length() + PYC_BYTES * pycs;
    }
}
