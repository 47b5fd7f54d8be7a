package dev.freshpyc.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Opens, reads, follows and closes a lookup in a single thread. */
class IndexLookupTest {

    private static final RawPath KNOWN = RawPath.of("pkg/known.py");
    private static final RawPath OTHER = RawPath.of("pkg/other.py");

    private final FakeStore store = new FakeStore();

    @Test
    void thereIsNoLookupWithoutAnIndex() throws IOException {
        assertThat(IndexLookup.open(store, FakeStore.ENTRY)).isEmpty();

        store.publish(1, "pkg/known.py");
        assertThat(IndexLookup.open(store, RawPath.of("/elsewhere"))).isEmpty();
    }

    @Test
    void anUnreadableIndexIsAnError() {
        store.fail();

        assertThatIOException().isThrownBy(() -> IndexLookup.open(store, FakeStore.ENTRY));
    }

    @Test
    void aLookupReadsTheLatestGeneration() throws IOException {
        IndexInfo published = store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            assertThat(lookup.info()).isEqualTo(published);
            assertThat(lookup.get(KNOWN)).contains(FakeStore.record(1));
            assertThat(lookup.get(OTHER)).isEmpty();
        }
    }

    @Test
    void aLookupKeepsItsGenerationUntilFollowIsCalled() throws IOException {
        IndexInfo first = store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            IndexInfo second = store.publish(2, "pkg/known.py", "pkg/other.py");
            assertThat(lookup.info()).isEqualTo(first);
            assertThat(lookup.get(KNOWN)).contains(FakeStore.record(1));
            assertThat(lookup.get(OTHER)).isEmpty();

            assertThat(lookup.follow()).isTrue();
            assertThat(lookup.info()).isEqualTo(second);
            assertThat(lookup.get(KNOWN)).contains(FakeStore.record(2));
            assertThat(lookup.get(OTHER)).contains(FakeStore.record(2));
        }
    }

    @Test
    void followClosesTheOldGenerationOnce() throws IOException {
        store.publish(1);
        try (IndexLookup lookup = open()) {
            store.publish(2);
            assertThat(lookup.follow()).isTrue();
            assertThat(store.opened).extracting(FakeGeneration::closed).containsExactly(true, false);
        }
        assertThat(store.opened)
                .extracting(generation -> generation.closes.get())
                .containsExactly(1, 1);
    }

    @Test
    void followOpensNothingWithoutANewGeneration() throws IOException {
        store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            assertThat(lookup.follow()).isFalse();
            assertThat(lookup.get(KNOWN)).isPresent();
            assertThat(store.opened).hasSize(1);
        }
    }

    @Test
    void aConfirmationChangesTheTimeAndOpensNothing() throws IOException {
        store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            IndexInfo confirmed = store.confirm(5_000);

            assertThat(lookup.follow()).isFalse();
            assertThat(lookup.info()).isEqualTo(confirmed);
            assertThat(store.opened).hasSize(1);
        }
    }

    @Test
    void aLookupContinuesWhenTheIndexIsRemoved() throws IOException {
        store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            store.remove(FakeStore.ENTRY);

            assertThat(lookup.follow()).isFalse();
            assertThat(lookup.get(KNOWN)).isPresent();
        }
    }

    @Test
    void aLookupContinuesWhenTheNewGenerationIsUnusable() throws IOException {
        IndexInfo first = store.publish(1, "pkg/known.py");
        try (IndexLookup lookup = open()) {
            store.publish(2);
            store.damage();
            assertThat(lookup.follow()).isFalse();
            store.fail();
            assertThatIOException().isThrownBy(lookup::follow).withMessage("Permission denied");

            assertThat(lookup.info()).isEqualTo(first);
            assertThat(lookup.get(KNOWN)).isPresent();
        }
    }

    @Test
    void aClosedLookupRefusesEveryCall() throws IOException {
        store.publish(1, "pkg/known.py");
        IndexLookup lookup = open();
        assertThat(lookup.get(KNOWN)).isPresent();

        lookup.close();
        lookup.close();

        assertThat(store.opened.getFirst().closes).hasValue(1);
        assertThatIllegalStateException().isThrownBy(() -> lookup.get(KNOWN));
        assertThatIllegalStateException().isThrownBy(lookup::info);
        assertThatIllegalStateException().isThrownBy(lookup::follow);
    }

    private IndexLookup open() throws IOException {
        return IndexLookup.open(store, FakeStore.ENTRY).orElseThrow();
    }
}
