package dev.freshpyc.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code refresh} is killed at moments that are spread evenly over the time it takes, again and again, while the tree
 * changes: after each, the index is the one before or the one after, whole and true.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "NOT RUN: files have no inode numbers there")
class RefreshKillTest {

    private static final int KILLS = Integer.getInteger("freshpyc.refresh.kills", 300);
    private static final int RUNS_TIMED = 7;

    private static final int KILLS_AIMED = Integer.getInteger("freshpyc.refresh.kills.aimed", 40);
    private static final long PUBLISHING_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final SplittableRandom random = new SplittableRandom();
    private final Path lib;
    private final Path index;
    private final Path elsewhere;
    private final EditedTree tree;
    private final IndexStore store;
    private State before = new State(Map.of());
    private List<String> left = List.of();
    private int published;
    private int leftBehind;

    /** Until the moment of the kill. */
    @FunctionalInterface
    private interface Wait {
        void on(Process doomed) throws IOException, InterruptedException;
    }

    RefreshKillTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        elsewhere = directory.resolve("elsewhere");
        tree = new EditedTree(lib, random);
        store = new ChronicleStore(index, new Unexpected());
    }

    @Test
    void aRefreshKilledAtAnyMomentHarmsNothing() throws Exception {
        Process next = start();
        long typical = typicalNanos();
        before = current();
        for (int kill = 0; kill < KILLS; kill++) {
            next = kill(next, doomed -> doomed.waitFor(random.nextLong(typical), TimeUnit.NANOSECONDS));
        }
        finish(next);
        tell(KILLS + " kills within " + TimeUnit.NANOSECONDS.toMillis(typical) + " ms");
    }

    /** The same, aimed: writing, forcing and renaming are a small part of a run. */
    @Test
    void aRefreshKilledWhileItPublishesHarmsNothing() throws Exception {
        Process next = start();
        typicalNanos();
        before = current();
        for (int kill = 0; kill < KILLS_AIMED; kill++) {
            next = kill(next, doomed -> {
                while (doomed.isAlive() && left.containsAll(files(".pending"))) {
                    Thread.onSpinWait();
                }
                doomed.waitFor(random.nextLong(PUBLISHING_NANOS), TimeUnit.NANOSECONDS);
            });
        }
        finish(next);
        tell(KILLS_AIMED + " kills aimed");
    }

    /** Lets a process refresh an edited tree, waits and kills it; the next one starts meanwhile. */
    private Process kill(Process doomed, Wait wait) throws Exception {
        tree.edit();
        State after = current();
        Process next = start();
        left = files(".pending");
        open(doomed);
        wait.on(doomed);
        doomed.destroyForcibly().waitFor();
        leftBehind += left.containsAll(files(".pending")) ? 0 : 1;
        State found = State.of(store, lib);
        if (found.untrueIn(after).isEmpty()) {
            published++;
            before = after;
        }
        assertThat(found.untrueIn(before)).isEmpty();
        assertThat(files(".bad")).isEmpty();
        return next;
    }

    private void tell(String kills) {
        System.out.printf(
                "RefreshKillTest: %s, %d after the rename, %d times a pending file was left%n",
                kills, published, leftBehind);
    }

    /** A run that nobody kills cleans up, and what it makes is what a first run makes. */
    private void finish(Process last) throws Exception {
        tree.edit();
        open(last);
        assertThat(last.waitFor()).isZero();
        assertThat(files("")).singleElement().asString().endsWith(".index");
        assertThat(State.of(store, lib).untrueIn(current())).isEmpty();
        assertThat(State.settled(store, lib)).isEqualTo(current());
    }

    /** The middle one of several runs' times, each with another JVM starting beside it, as later. */
    private long typicalNanos() throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        Process next = start();
        for (int run = 0; run < RUNS_TIMED; run++) {
            tree.edit();
            Process timed = next;
            next = start();
            open(timed);
            long opened = System.nanoTime();
            assertThat(timed.waitFor()).isZero();
            times.add(System.nanoTime() - opened);
        }
        next.destroyForcibly().waitFor();
        return times.stream().sorted().toList().get(RUNS_TIMED / 2);
    }

    /** What is true of the tree now, by a single run into an empty directory. */
    private State current() throws IOException, InterruptedException {
        IndexStore empty = new ChronicleStore(elsewhere, new Unexpected());
        State state = State.settled(empty, lib);
        try (Stream<Path> files = Files.list(elsewhere)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        return state;
    }

    private Process start() throws IOException {
        return ProgramProcess.of(List.of(), GatedProgram.class, "refresh", "-q", "--index", index, lib)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void open(Process gated) throws IOException {
        assertThat(gated.getInputStream().read()).isEqualTo('\n');
        try (OutputStream gate = gated.getOutputStream()) {
            gate.write(1);
        }
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(suffix))
                    .toList();
        }
    }

    /** Nothing is to be told. */
    private static final class Unexpected implements StoreEvents {

        @Override
        public void setAside(Path file, String expected, String found) {
            throw new AssertionError(file + " was set aside: expected " + expected + ", found " + found);
        }

        @Override
        public void newer(Path file, String found) {
            throw new AssertionError(file + " is newer: " + found);
        }

        @Override
        public void notBelieved(Path file, String why) {
            throw new AssertionError(file + " was not believed: " + why);
        }
    }
}
