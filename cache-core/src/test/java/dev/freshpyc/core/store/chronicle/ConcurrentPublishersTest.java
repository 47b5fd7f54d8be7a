package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.RecordedEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight publishers in two processes and four readers use one path entry at the same time, without errors. */
class ConcurrentPublishersTest {

    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("freshpyc.together.seconds", 3));
    private static final int PUBLISHERS = 4;
    private static final int READERS = 4;

    @TempDir
    private Path directory;

    private final RecordedEvents events = new RecordedEvents();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allPublishersAndReadersSucceedAndTheLastGenerationIsWhole(boolean overlays) throws Exception {
        ChronicleStore store = PublishingProcess.store(directory, events, overlays);
        Process otherProcess =
                ChildJvm.start(PublishingProcess.class, directory.toString(), "" + PUBLISHERS, "" + overlays);
        try {
            assertThat(otherProcess.inputReader().readLine()).isEqualTo("publishing");
            runConcurrently(store);
            assertThat(otherProcess.isAlive()).isTrue();
        } finally {
            otherProcess.destroyForcibly().waitFor();
        }

        PublishingProcess.publish(store, 1);
        IndexVerification last = store.verify(PublishingProcess.ENTRY).orElseThrow();
        assertThat(last.passed()).isTrue();
        assertThat(last.info().checkedAtNanos()).isEqualTo(1);
        assertThat(events.messages()).isEmpty();
    }

    private void runConcurrently(ChronicleStore store) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + DURATION.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + READERS)) {
            List<Future<Integer>> rounds = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                rounds.add(threads.submit(repeatUntil(end, () -> publish(store))));
            }
            for (int i = 0; i < READERS; i++) {
                rounds.add(threads.submit(repeatUntil(end, () -> read(store))));
            }
            for (Future<Integer> round : rounds) {
                assertThat(round.get()).isPositive();
            }
        }
    }

    private static Callable<Integer> repeatUntil(long end, Callable<?> action) {
        return () -> {
            int rounds = 0;
            while (System.nanoTime() < end) {
                action.call();
                rounds++;
            }
            return rounds;
        };
    }

    private static boolean publish(ChronicleStore store) throws IOException {
        PublishingProcess.publish(store, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
        return true;
    }

    private static IndexInfo read(ChronicleStore store) throws IOException {
        try (Generation generation = store.open(PublishingProcess.ENTRY).orElseThrow()) {
            PublishingProcess.assertWhole(generation);
            return generation.info();
        }
    }
}
