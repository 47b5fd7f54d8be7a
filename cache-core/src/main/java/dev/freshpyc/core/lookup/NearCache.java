package dev.freshpyc.core.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given lately, as objects: reading one from the index takes ten times as long, most of it for decoding.
 * That a source is not in the index is an answer too.
 *
 * <p>Bounded by an estimate of the bytes on the heap and not by a number of answers: a path has up to 4,096 bytes, and a source a
 * bytecode file for each interpreter and level. The cache does its housekeeping in the calling threads: an answer that is
 * read from the index and kept costs 1.0 to 1.3 µs so, and 2.1 to 2.8 through the common pool (same machine, in turns).
 */
final class NearCache {

    /** Key, path, record and the cache's own two nodes, with nothing in them. */
    private static final int ANSWER_BYTES = 320;

    /** FileStamp, header, two digests, verdict and the text of the tag. */
    private static final int PYC_BYTES = 400;

    private final Cache<AnswerKey, Answer> answers;

    NearCache(long bytes) {
        answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(NearCache::weight)
                .executor(Runnable::run)
                .build();
    }

    /** Null when it is not known here. */
    @Nullable
    Answer get(AnswerKey key) {
        return answers.getIfPresent(key);
    }

    void put(AnswerKey key, Answer answer) {
        answers.put(key, answer);
    }

    /** Drops the answers of other generations, which would otherwise go only when their room is needed. */
    void keepOnly(SharedGeneration generation) {
        answers.asMap().keySet().removeIf(key -> !generation.answers(key));
    }

    void clear() {
        answers.invalidateAll();
    }

    /** The estimate of what it takes on the heap. */
    long bytes() {
        answers.cleanUp();
        return answers.asMap().entrySet().stream()
                .mapToLong(entry -> weight(entry.getKey(), entry.getValue()))
                .sum();
    }

    private static int weight(AnswerKey key, Answer answer) {
        int pycs = answer.record().map(record -> record.pycs().size()).orElse(0);
        return ANSWER_BYTES + key.source().length() + PYC_BYTES * pycs;
    }
}
