package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.Told;
import dev.freshpyc.core.store.Verification;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 8 publishers in two processes and 4 readers on one entry: no error, and nobody waits. */
class ManyAtOnceTest {

    private static final Duration FOR = Duration.ofSeconds(Long.getLong("freshpyc.together.seconds", 3));
    private static final int PUBLISHERS = 4;
    private static final int READERS = 4;

    @TempDir
    private Path directory;

    private final Told told = new Told();

    @Test
    void everyoneSucceedsAndTheLastStateIsWhole() throws Exception {
        ChronicleStore store = new ChronicleStore(directory, told);
        Process others = ChildJvm.start(Publishers.class, directory.toString(), "" + PUBLISHERS);
        try {
            assertThat(others.inputReader().readLine()).isEqualTo("publishing");
            runTogether(store);
            assertThat(others.isAlive()).isTrue();
        } finally {
            others.destroyForcibly().waitFor();
        }

        Publishers.publish(store, 1);
        Verification last = store.verify(Publishers.ENTRY).orElseThrow();
        assertThat(last.passed()).isTrue();
        assertThat(last.info().checkedAtNanos()).isEqualTo(1);
        assertThat(told.events()).isEmpty();
    }

    private void runTogether(ChronicleStore store) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + FOR.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + READERS)) {
            List<Future<Integer>> rounds = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                rounds.add(threads.submit(repeated(end, () -> publish(store))));
            }
            for (int i = 0; i < READERS; i++) {
                rounds.add(threads.submit(repeated(end, () -> read(store))));
            }
            for (Future<Integer> round : rounds) {
                assertThat(round.get()).isPositive();
            }
        }
    }

    private static Callable<Integer> repeated(long end, Callable<?> action) {
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
        Publishers.publish(store, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
        return true;
    }

    private static IndexInfo read(ChronicleStore store) throws IOException {
        try (Generation generation = store.open(Publishers.ENTRY).orElseThrow()) {
            Publishers.requireWhole(generation);
            return generation.info();
        }
    }
}
