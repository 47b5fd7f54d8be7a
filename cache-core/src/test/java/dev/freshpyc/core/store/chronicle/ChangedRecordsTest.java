package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.table.Cursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The changed records of a draft, while they move from the heap to the off-heap map. */
class ChangedRecordsTest {

    private static final ChangedRecords.Spilling NO_SPILLING = entries -> {
        throw new IOException("nothing is spilled here");
    };

    @ParameterizedTest
    @ValueSource(ints = {1, ChangedRecords.FEW, ChangedRecords.FEW + 1, 3 * ChangedRecords.FEW})
    void everyEntryIsFoundHoweverManyThereAre(int count) throws Exception {
        try (ChangedRecords changes = new ChangedRecords(ChangedRecords.IN_MEMORY, NO_SPILLING)) {
            for (int i = 0; i < count; i++) {
                changes.put(key(i), key(-i));
            }
            for (int i = 0; i < count; i++) {
                assertThat(changes.get(key(i))).isEqualTo(key(-i));
            }
            assertThat(keysInOrder(changes)).hasSize(count).isSorted();
        }
    }

    /** Several threads put entries while one of them moves all entries off the heap. */
    @Test
    void noEntryIsLostWhenEntriesMoveOffTheHeap() throws Exception {
        try (ChangedRecords changes = new ChangedRecords(ChangedRecords.IN_MEMORY, NO_SPILLING)) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(start -> Thread.ofPlatform()
                            .start(() -> IntStream.range(0, ChangedRecords.FEW)
                                    .forEach(i -> changes.put(key(4 * i + start), key(i)))))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(keysInOrder(changes)).hasSize(4 * ChangedRecords.FEW);
        }
    }

    @Test
    void aLaterValueReplacesAnEarlierOneOnBothSidesOfTheMove() throws Exception {
        try (ChangedRecords changes = new ChangedRecords(ChangedRecords.IN_MEMORY, NO_SPILLING)) {
            changes.put(key(0), key(1));
            changes.put(key(0), key(2));
            assertThat(changes.get(key(0))).isEqualTo(key(2));
            IntStream.rangeClosed(1, ChangedRecords.FEW).forEach(i -> changes.put(key(i), key(i)));
            changes.put(key(0), key(3));
            assertThat(changes.get(key(0))).isEqualTo(key(3));
        }
    }

    private static byte[] key(int number) {
        return ("pkg/m" + number + ".py").getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> keysInOrder(ChangedRecords changes) throws IOException {
        List<String> keys = new ArrayList<>();
        for (Cursor layer : changes.layers()) {
            while (layer.next()) {
                keys.add(new String(layer.key(), StandardCharsets.US_ASCII));
            }
        }
        return keys;
    }
}
