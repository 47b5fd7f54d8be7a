package dev.freshpyc.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.core.proof.ProofStore;
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
 * Kills {@code refresh} many times, at random moments of its run, while the tree changes. After each kill the index is
 * valid: either the index from before the run or the complete new index.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "NOT RUN: files have no inode numbers on Windows")
class RefreshKillTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 8);
    private static final int TIMED_RUNS = 7;

    private static final int KILLS_WHILE_PUBLISHING = KILLS / 2;
    private static final long PUBLISHING_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final SplittableRandom random = new SplittableRandom();
    private final Path lib;
    private final Path index;
    private final Path scratchIndex;
    private final EditedTree tree;
    private final IndexStore store;
    private IndexState before = new IndexState(Map.of());
    private List<String> pendingBefore = List.of();
    private int published;
    private int leftBehind;

    /** Waits until the moment of the kill. */
    @FunctionalInterface
    private interface Wait {
        void on(Process process) throws IOException, InterruptedException;
    }

    RefreshKillTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        scratchIndex = directory.resolve("scratchIndex");
        tree = new EditedTree(lib, random);
        store = new ChronicleStore(index, new FailOnEvent());
    }

    @Test
    void aRefreshKilledAtAnyMomentLeavesAValidIndex() throws Exception {
        Process next = start();
        long median = medianNanos();
        before = expected();
        for (int kill = 0; kill < KILLS; kill++) {
            next = kill(next, process -> process.waitFor(random.nextLong(median), TimeUnit.NANOSECONDS));
        }
        finish(next);
        printCounts(KILLS + " kills within " + TimeUnit.NANOSECONDS.toMillis(median) + " ms");
    }

    /** Writing, forcing and renaming the index are a small part of a run, so these kills wait for the pending file. */
    @Test
    void aRefreshKilledWhilePublishingLeavesAValidIndex() throws Exception {
        Process next = start();
        medianNanos();
        before = expected();
        for (int kill = 0; kill < KILLS_WHILE_PUBLISHING; kill++) {
            next = kill(next, process -> {
                while (process.isAlive() && pendingBefore.containsAll(files(".pending"))) {
                    Thread.onSpinWait();
                }
                process.waitFor(random.nextLong(PUBLISHING_NANOS), TimeUnit.NANOSECONDS);
            });
        }
        finish(next);
        printCounts(KILLS_WHILE_PUBLISHING + " kills while the index is published");
    }

    /** Lets a process refresh an edited tree, waits, and kills the process; the next process starts meanwhile. */
    private Process kill(Process process, Wait wait) throws Exception {
        tree.edit();
        IndexState after = expected();
        Process next = start();
        pendingBefore = files(".pending");
        open(process);
        wait.on(process);
        process.destroyForcibly().waitFor();
        leftBehind += pendingBefore.containsAll(files(".pending")) ? 0 : 1;
        IndexState found = IndexState.of(store, lib);
        if (found.wrongRecords(after).isEmpty()) {
            published++;
            before = after;
        }
        assertThat(found.wrongRecords(before)).isEmpty();
        assertThat(files(".bad")).isEmpty();
        return next;
    }

    private void printCounts(String kills) {
        System.out.printf(
                "RefreshKillTest: %s, %d of them after the rename, %d left a pending file%n",
                kills, published, leftBehind);
    }

    /** A run that is not killed removes all pending files and writes the same index as a first run. */
    private void finish(Process last) throws Exception {
        tree.edit();
        open(last);
        assertThat(last.waitFor()).isZero();
        assertThat(files(".index")).hasSize(1);
        List<String> entryPoints = files(".entrypoints");
        List<String> proofs = files(".table");
        assertThat(entryPoints).hasSizeLessThanOrEqualTo(1);
        assertThat(files("snapshots")).hasSize(1);
        assertThat(proofs).isNotEmpty().hasSize(files("").size() - 2 - entryPoints.size());
        assertThat(new ProofStore(index, new FailOnEvent(), ProofStore.DEFAULT_MOST)
                        .stats()
                        .proofs())
                .isPositive();
        assertThat(IndexState.of(store, lib).wrongRecords(expected())).isEmpty();
        assertThat(IndexState.settled(store, lib)).isEqualTo(expected());
    }

    /**
     * The median duration of several runs; another JVM starts during each of them, as it does during the killed runs.
     */
    private long medianNanos() throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        Process next = start();
        for (int run = 0; run < TIMED_RUNS; run++) {
            tree.edit();
            Process timed = next;
            next = start();
            open(timed);
            long opened = System.nanoTime();
            assertThat(timed.waitFor()).isZero();
            times.add(System.nanoTime() - opened);
        }
        next.destroyForcibly().waitFor();
        return times.stream().sorted().toList().get(TIMED_RUNS / 2);
    }

    /** The true state of the tree: the index that a run in an empty directory writes. */
    private IndexState expected() throws IOException, InterruptedException {
        IndexStore empty = new ChronicleStore(scratchIndex, new FailOnEvent());
        IndexState state = IndexState.settled(empty, lib);
        try (Stream<Path> files = Files.list(scratchIndex)) {
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

    private static final class FailOnEvent implements StoreEvents {

        @Override
        public void setAside(Path file, String expected, String found) {
            throw new AssertionError(file + " was set aside: expected " + expected + ", found " + found);
        }

        @Override
        public void leftInPlace(Path file, String expected, String found, String why) {
            throw new AssertionError(file + " is damaged: expected " + expected + ", found " + found);
        }

        @Override
        public void newer(Path file, String found) {
            throw new AssertionError(file + " is newer: " + found);
        }

        @Override
        public void distrusted(Path file, String why) {
            throw new AssertionError(file + " was not trusted: " + why);
        }
    }
}
