package dev.freshpyc.indexer.together;

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
 * Eight refreshers in two processes and four readers on one entry, while the tree changes: no error, nothing untrue, and
 * nobody waits. That is not measured but forced: one of the processes is stopped again and again, wherever it is, and
 * everybody else must get on, which nobody would who waits for something that a stopped process holds.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: kill -STOP")
class ManyRefreshersTest {

    private static final Duration LONG = Duration.ofSeconds(Long.getLong("freshpyc.refreshers.seconds", 60));
    private static final int REFRESHERS = 4;
    private static final int READERS = 4;
    private static final long PAUSE_BETWEEN_EDITS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path root;
    private final Path index;
    private final Path other;
    private final ChangingTree tree;
    private final PathEntry entry;
    private final IndexStore store;

    ManyRefreshersTest(@TempDir Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        other = directory.resolve("other");
        tree = new ChangingTree(root, directory.resolve("spool"));
        entry = Refreshers.entry(root);
        store = new ChronicleStore(index, new Refreshers.Unexpected());
    }

    @Test
    void everyoneGetsOnAndTheLastStateIsTrue() throws Exception {
        Reader reader = new Reader(store, entry.path(), tree);
        Refreshers.refresh(store, entry, InstantSource.system());
        try (Crowd crowd = new Crowd()) {
            Process others = start();
            try {
                assertThat(others.inputReader().readLine()).isEqualTo("refreshing");
                runTogether(crowd, reader, others);
                assertThat(others.isAlive())
                        .as("nothing went wrong in the other process")
                        .isTrue();
            } finally {
                others.destroyForcibly().waitFor(); // which lets everybody go on who waits for it
            }
        }
        requireSettled(reader);
    }

    private void runTogether(Crowd crowd, Reader reader, Process others) throws Exception {
        crowd.add(1, () -> {
            tree.edit();
            LockSupport.parkNanos(PAUSE_BETWEEN_EDITS);
        });
        crowd.add(REFRESHERS, () -> Refreshers.refresh(store, entry, InstantSource.system()));
        crowd.add(READERS, reader::read);
        int stops = stopAgainAndAgain(others, crowd);
        assertThat(stops).isPositive();
        System.out.printf(
                "ManyRefreshersTest: %d rounds, %d stops, opening and looking everything up took at most %d ms%n",
                crowd.end(), stops, TimeUnit.NANOSECONDS.toMillis(reader.longestNanos()));
    }

    private static int stopAgainAndAgain(Process others, Crowd crowd) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        int stops = 0;
        while (System.nanoTime() < end) {
            signal("-STOP", others);
            crowd.awaitAnotherRound();
            signal("-CONT", others);
            crowd.awaitAnotherRound();
            stops++;
        }
        return stops;
    }

    /** What one refresh makes of it all, when nothing is too young any more, is what a first one makes. */
    private void requireSettled(Reader reader) throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        Refreshers.refresh(store, entry, later);
        IndexStore empty = new ChronicleStore(other, new Refreshers.Unexpected());
        Refreshers.refresh(empty, entry, later);
        assertThat(comparable(reader)).isEqualTo(comparable(new Reader(empty, entry.path(), tree)));
        try (Stream<Path> files = Files.list(index)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".bad") || file.endsWith(".pending"));
        }
    }

    private static Map<RawPath, SourceRecord> comparable(Reader reader) throws IOException {
        Map<RawPath, SourceRecord> records = new TreeMap<>(reader.records());
        records.replaceAll((_, record) -> Reader.withoutHistory(record));
        return records;
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, "" + process.pid())
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
