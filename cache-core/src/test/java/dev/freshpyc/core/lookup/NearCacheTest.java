package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers that are given again: whose they are, and how many are kept. */
class NearCacheTest {

    private static final RawPath COMING = RawPath.of("coming.py");
    private static final RawPath GOING = RawPath.of("going.py");
    private static final RawPath STAYING = RawPath.of("staying.py");
    private static final int SMALL = 20_000;

    private final FakeStore store = new FakeStore();

    @Test
    void theSecondAnswerDoesNotAskTheIndex() throws IOException {
        store.publish(1, "staying.py");
        try (IndexLookup lookup = open(SMALL)) {
            assertThat(lookup.get(STAYING)).contains(FakeStore.record(1));
            assertThat(lookup.get(RawPath.of("staying.py"))).contains(FakeStore.record(1));
        }
        assertThat(store.opened.getFirst().gets).hasValue(1);
    }

    @Test
    void thatThereIsNoRecordIsKeptAsWell() throws IOException {
        store.publish(1);
        try (IndexLookup lookup = open(SMALL)) {
            assertThat(lookup.get(STAYING)).isEmpty();
            assertThat(lookup.get(STAYING)).isEmpty();
        }
        assertThat(store.opened.getFirst().gets).hasValue(1);
    }

    @Test
    void withoutRoomEveryAnswerAsksTheIndex() throws IOException {
        store.publish(1, "staying.py");
        try (IndexLookup lookup = open(0)) {
            assertThat(lookup.get(STAYING)).isPresent();
            assertThat(lookup.get(STAYING)).isPresent();
        }
        assertThat(store.opened.getFirst().gets).hasValue(2);
    }

    @Test
    void anAnswerOfOneGenerationIsNotTheNextOnes() throws IOException {
        store.publish(1, "going.py", "staying.py");
        try (IndexLookup lookup = open(SMALL)) {
            assertThat(lookup.get(COMING)).isEmpty();
            assertThat(lookup.get(GOING)).isPresent();
            assertThat(lookup.get(STAYING)).isPresent();

            store.publish(2, "coming.py", "staying.py");
            assertThat(lookup.follow()).isTrue();

            assertThat(lookup.get(COMING)).contains(FakeStore.record(2));
            assertThat(lookup.get(GOING)).isEmpty();
            assertThat(lookup.get(STAYING)).contains(FakeStore.record(2));
        }
    }

    @Test
    void confirmingKeepsTheAnswers() throws IOException {
        store.publish(1, "staying.py");
        try (IndexLookup lookup = open(SMALL)) {
            assertThat(lookup.get(STAYING)).isPresent();
            store.confirm(5_000);
            assertThat(lookup.follow()).isFalse();
            assertThat(lookup.get(STAYING)).isPresent();
        }
        assertThat(store.opened.getFirst().gets).hasValue(1);
    }

    @Test
    void takesNoMoreThanItsRoom() throws IOException {
        store.publish(1);
        NearCache near = new NearCache(SMALL);
        SharedGeneration generation =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        for (int i = 0; i < 1_000; i++) {
            near.put(generation.key(RawPath.of(i + ".py")), new NearCache.LookupAnswer(Optional.empty()));
        }

        assertThat(near.bytes()).isBetween(SMALL / 2L, (long) SMALL);
    }

    @Test
    void keepsOneGenerationsAnswers() throws IOException {
        store.publish(1);
        SharedGeneration first =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        store.publish(2);
        SharedGeneration second =
                new SharedGeneration(store.open(FakeStore.ENTRY).orElseThrow());
        NearCache near = new NearCache(SMALL);
        near.put(first.key(STAYING), new NearCache.LookupAnswer(Optional.empty()));
        near.put(second.key(STAYING), new NearCache.LookupAnswer(Optional.of(FakeStore.record(2))));

        near.keepOnly(second);

        assertThat(near.get(first.key(STAYING))).isNull();
        assertThat(near.get(second.key(STAYING)))
                .isEqualTo(new NearCache.LookupAnswer(Optional.of(FakeStore.record(2))));
    }

    private IndexLookup open(long nearBytes) throws IOException {
        return IndexLookup.open(store, FakeStore.ENTRY, nearBytes).orElseThrow();
    }
}
