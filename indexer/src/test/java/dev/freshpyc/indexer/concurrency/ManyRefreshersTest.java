package dev.freshpyc.indexer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight refreshers in two processes and four readers use one index while the tree changes. No run may fail, no record
 * may be false, and no thread may wait for another process. To find a waiting thread, the test stops the other process
 * again and again at random moments, and requires that all threads of this process still complete their rounds. A
 * thread that waited for a lock of the stopped process would complete none.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: needs kill -STOP")
class ManyRefreshersTest {

    private static final Duration TEST_TIME = Duration.ofSeconds(Long.getLong("freshpyc.refreshers.seconds", 15));
    private static final int REFRESHERS = 4;
    private static final int READERS = 4;
    private static final long PAUSE_BETWEEN_EDITS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path root;
    private final Path index;
    private final Path freshIndex;
    private final ChangingTree tree;
    private final PathEntry entry;
    private final IndexStore store;

    ManyRefreshersTest(@TempDir Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        freshIndex = directory.resolve("freshIndex");
        tree = new ChangingTree(root, directory.resolve("spool"));
        entry = Refreshers.entry(root);
        store = new ChronicleStore(index, new Refreshers.FailOnEvent());
    }

    @Test
    void noThreadBlocksAndTheLastIndexIsCorrect() throws Exception {
        Reader reader = new Reader(store, entry.path(), tree);
        Refreshers.refresh(store, entry, InstantSource.system());
        try (RoundThreads threads = new RoundThreads()) {
            Process otherProcess = start();
            try {
                assertThat(otherProcess.inputReader().readLine()).isEqualTo("refreshing");
                runAll(threads, reader, otherProcess);
                assertThat(otherProcess.isAlive())
                        .as("the other process runs without an error")
                        .isTrue();
            } finally {
                otherProcess.destroyForcibly().waitFor(); // threads that wait for the other process continue
            }
        }
        assertEqualsNewIndex(reader);
    }

    private void runAll(RoundThreads threads, Reader reader, Process otherProcess) throws Exception {
        threads.add(1, () -> {
            tree.edit();
            LockSupport.parkNanos(PAUSE_BETWEEN_EDITS);
        });
        threads.add(REFRESHERS, () -> Refreshers.refresh(store, entry, InstantSource.system()));
        threads.add(READERS, reader::read);
        int stops = stopRepeatedly(otherProcess, threads);
        assertThat(stops).isPositive();
        System.out.printf(
                "ManyRefreshersTest: %d rounds, %d stops, opening the index and looking all records up took at most %d ms%n",
                threads.end(), stops, TimeUnit.NANOSECONDS.toMillis(reader.longestNanos()));
    }

    private static int stopRepeatedly(Process otherProcess, RoundThreads threads)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TEST_TIME.toNanos();
        int stops = 0;
        while (System.nanoTime() < end) {
            signal("-STOP", otherProcess);
            threads.awaitAnotherRound();
            signal("-CONT", otherProcess);
            threads.awaitAnotherRound();
            stops++;
        }
        return stops;
    }

    /**
     * When all stamps are settled, a refresh of the used index gives the same records as a refresh into a new index.
     */
    private void assertEqualsNewIndex(Reader reader) throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        Refreshers.refresh(store, entry, later);
        IndexStore empty = new ChronicleStore(freshIndex, new Refreshers.FailOnEvent());
        Refreshers.refresh(empty, entry, later);
        assertThat(comparable(reader)).isEqualTo(comparable(new Reader(empty, entry.path(), tree)));
        try (Stream<Path> files = Files.list(index)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".bad") || file.endsWith(".pending"));
        }
    }

    private static Map<RawPath, SourceRecord> comparable(Reader reader) throws IOException {
        Map<RawPath, SourceRecord> records = new TreeMap<>(reader.records());
        records.replaceAll((_, record) -> Reader.withoutEvidence(record));
        return records;
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill " + signal + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.matches("--(sun|add|enable).*"))
                .forEach(command::add);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", path, Refreshers.class.getName(), index.toString(), root.toString()));
        command.add("" + REFRESHERS);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
