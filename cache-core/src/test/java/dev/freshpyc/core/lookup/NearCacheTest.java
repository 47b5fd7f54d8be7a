package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks which answers the near cache repeats, and how much memory the answers take. */
class NearCacheTest {

    private static final RawPath ADDED = RawPath.of("added.py");
    private static final RawPath REMOVED = RawPath.of("removed.py");
    private static final RawPath KEPT = RawPath.of("kept.py");
    private static final int SMALL_BYTES = 20_000;

    private final FakeStore store = new FakeStore();

    @Test
    void aRepeatedLookupDoesNotReadTheIndex() throws IOException {
        store.publish(1, "kept.py");
        try (IndexLookup lookup = open(SMALL_BYTES)) {
            assertThat(lookup.get(KEPT)).contains(FakeStore.record(1));
            assertThat(lookup.get(RawPath.of("kept.py"))).contains(FakeStore.record(1));
        }
        assertThat(store.opened.getFirst().reads).hasValue(1);
    }

    @Test
    void anEmptyAnswerIsCached() throws IOException {
        store.publish(1);
        try (IndexLookup lookup = open(SMALL_BYTES)) {
            assertThat(lookup.get(KEPT)).isEmpty();
            assertThat(lookup.get(KEPT)).isEmpty();
        }
        assertThat(store.opened.getFirst().reads).hasValue(1);
    }

    @Test
    void aCacheOfZeroBytesKeepsNoAnswer() throws IOException {
        store.publish(1, "kept.py");
        try (IndexLookup lookup = open(0)) {
            assertThat(lookup.get(KEPT)).isPresent();
            assertThat(lookup.get(KEPT)).isPresent();
        }
        assertThat(store.opened.getFirst().reads).hasValue(2);
    }

    @Test
    void answersOfAnOldGenerationAreNotUsedForTheNewGeneration() throws IOException {
        store.publish(1, "removed.py", "kept.py");
        try (IndexLookup lookup = open(SMALL_BYTES)) {
            assertThat(lookup.get(ADDED)).isEmpty();
            assertThat(lookup.get(REMOVED)).isPresent();
            assertThat(lookup.get(KEPT)).isPresent();

            store.publish(2, "added.py", "kept.py");
            assertThat(lookup.follow()).isTrue();

            assertThat(lookup.get(ADDED)).contains(FakeStore.record(2));
            assertThat(lookup.get(REMOVED)).isEmpty();
            assertThat(lookup.get(KEPT)).contains(FakeStore.record(2));
        }
    }

    @Test
    void aConfirmationKeepsTheAnswers() throws IOException {
        store.publish(1, "kept.py");
        try (IndexLookup lookup = open(SMALL_BYTES)) {
            assertThat(lookup.get(KEPT)).isPresent();
            store.confirm(5_000);
            assertThat(lookup.follow()).isFalse();
            assertThat(lookup.get(KEPT)).isPresent();
        }
        assertThat(store.opened.getFirst().reads).hasValue(1);
    }

    @Test
    void theCacheStaysWithinItsLimit() throws IOException {
        store.publish(1);
        NearCache cache = new NearCache(SMALL_BYTES);
        SharedGeneration generation =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        for (int i = 0; i < 1_000; i++) {
            cache.put(generation.key(RawPath.of(i + ".py")), new NearCache.LookupAnswer(Optional.empty()));
        }

        assertThat(cache.bytes()).isBetween(SMALL_BYTES / 2L, (long) SMALL_BYTES);
    }

    @Test
    void keepOnlyDropsTheAnswersOfOtherGenerations() throws IOException {
        store.publish(1);
        SharedGeneration first =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        store.publish(2);
        SharedGeneration second =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        NearCache cache = new NearCache(SMALL_BYTES);
        cache.put(first.key(KEPT), new NearCache.LookupAnswer(Optional.empty()));
        cache.put(second.key(KEPT), new NearCache.LookupAnswer(Optional.of(FakeStore.record(2))));

        cache.keepOnly(second);

        assertThat(cache.get(first.key(KEPT))).isNull();
        assertThat(cache.get(second.key(KEPT))).isEqualTo(new NearCache.LookupAnswer(Optional.of(FakeStore.record(2))));
    }

    private IndexLookup open(long nearBytes) throws IOException {
        return IndexLookup.open(store, FakeStore.ENTRY, nearBytes).orElseThrow();
    }
}
