package dev.freshpyc.indexer.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server vouches for a pair by naming equal code; the run goes on without a server that fails. */
class EquivalenceExchangeTest {

    @TempDir
    private Path directory = Path.of("");

    private final MemoryServer server = new MemoryServer();

    /** A server in memory that may fail. */
    private static final class MemoryServer implements EquivalenceServer {

        private final Map<CompileTask, Sha256> known = new HashMap<>();
        private final List<Integer> calls = new ArrayList<>();
        private boolean isDown;

        @Override
        public List<Optional<Sha256>> ask(List<CompileTask> tasks) throws IOException {
            call(tasks.size());
            return tasks.stream()
                    .map(task -> Optional.ofNullable(known.get(task)))
                    .toList();
        }

        @Override
        public void tell(List<TaskCode> codes) throws IOException {
            call(codes.size());
            codes.forEach(code -> known.putIfAbsent(code.task(), code.code()));
        }

        private void call(int size) throws IOException {
            calls.add(size);
            if (isDown) {
                throw new IOException("no connection");
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void theServerVouchesForEqualCodeOnly() throws Exception {
        server.known.put(code(1).task(), code(1).code());
        server.known.put(code(2).task(), new Sha256(0, 0, 0, 9));
        EquivalenceExchange exchange = exchange();
        for (int number = 1; number <= 3; number++) {
            exchange.note(pair(number), code(number));
        }
        assertThat(exchange.vouches(pair(1))).isFalse();

        exchange.ask();

        assertThat(exchange.vouches(pair(1))).isTrue();
        assertThat(exchange.vouches(pair(2))).isFalse();
        assertThat(exchange.vouches(pair(3))).isFalse();
        assertThat(exchange.finish()).isEqualTo(new EquivalenceExchange.Summary(3, 1, 0, 0, Optional.empty()));
    }

    /** The server may learn about an unknown task, so that the next run must ask again. */
    @Test
    void aLaterRunAsksOnlyAboutUnknownTasks() throws Exception {
        server.known.put(code(1).task(), code(1).code());
        EquivalenceExchange first = exchange();
        first.note(pair(1), code(1));
        first.note(pair(2), code(2));
        first.ask();
        first.finish();
        EquivalenceExchange second = exchange();
        second.note(pair(1), code(1));
        second.note(pair(2), code(2));
        second.ask();

        assertThat(server.calls).containsExactly(2, 1);
        assertThat(second.vouches(pair(1))).isTrue();
    }

    @Test
    void eachPairIsReportedOnceAndInBatches() throws Exception {
        EquivalenceExchange first = exchange();
        int all = EquivalenceServer.MOST + 10;
        for (int number = 0; number < all; number++) {
            assertThat(first.isTold(pair(number))).isFalse();
            first.tell(pair(number), code(number));
        }
        assertThat(first.finish().told()).isEqualTo(all);

        assertThat(server.calls).containsExactly(EquivalenceServer.MOST, 10);
        assertThat(exchange().isTold(pair(5))).isTrue();
    }

    @Test
    void aServerThatFailsIsNotCalledAgainInTheSameRun() throws Exception {
        server.isDown = true;
        EquivalenceExchange exchange = exchange();
        for (int number = 0; number < 3 * EquivalenceServer.MOST; number++) {
            exchange.note(pair(number), code(number));
        }
        exchange.ask();
        exchange.tell(pair(1), code(1));

        EquivalenceExchange.Summary summary = exchange.finish();

        assertThat(server.calls).hasSize(1);
        assertThat(summary).isEqualTo(new EquivalenceExchange.Summary(0, 0, 0, 0, Optional.of("no connection")));
        assertThat(exchange().isTold(pair(1))).isFalse();
    }

    private EquivalenceExchange exchange() {
        IndexDirectory indexes = new IndexDirectory(directory, StoreEvents.NONE);
        return new EquivalenceExchange(server, EquivalenceCache.open(indexes, "http://build.example.org"));
    }

    private static ProvenPair pair(int number) {
        return new ProvenPair(
                new Sha256(number, 0, 0, 1), Magic.of(3495), OptimizationLevel.NONE, new Sha256(number, 0, 0, 2));
    }

    private static TaskCode code(int number) {
        return new TaskCode(new CompileTask("freshpyc2/3495", "task" + number), new Sha256(number, 0, 0, 3));
    }
}
