package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills undos at random moments. After each kill every file is complete, with its old or its new header. Another undo
 * restores the remaining files and leaves no other files.
 */
@EnabledOnOs(OS.LINUX)
class KilledUndoTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 6);
    private static final int FILES = 240;

    /** The approximate duration of an undo in nanoseconds. */
    private static final long STARTING = 300_000_000;

    /** The approximate time in nanoseconds from the first restored file to the last. */
    private static final long RENAMING = 10_000_000;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final List<RepairChild> waiting = new ArrayList<>();

    @AfterEach
    void killWaitingChildren() throws InterruptedException {
        for (RepairChild child : waiting) {
            child.kill();
        }
    }

    @Test
    void aKilledUndoIsCompletedByAnother() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        Map<String, FileSnapshot> original = FileSnapshot.files(tree.root());
        List<Path> pycs = new ArrayList<>();
        tree.pycs().forEach(pyc -> pycs.add(tree.root().resolve(pyc)));
        int partial = 0;
        for (int i = 0; i < KILLS; i++) {
            assertThat(tree.repair(index()).code()).isZero();
            List<Long> inodes = inodes(pycs);
            RepairChild child = next().go(List.of(
                    "undo", "-q", "--index", index().toString(), tree.root().toString()));
            if (i % 2 == 0) {
                LockSupport.parkNanos(random.nextLong(STARTING));
            } else {
                while (child.isAlive() && inodes(pycs).equals(inodes)) {
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(random.nextLong(RENAMING));
            }
            child.kill();
            partial += requireWhole(tree, original) ? 1 : 0;

            CommandLineRun again = CommandLineRun.of("undo", "--index", index(), tree.root());
            assertThat(again.code()).as(again.out() + again.err()).isZero();
            Map<String, FileSnapshot> now = FileSnapshot.files(tree.root());
            assertThat(now.keySet()).isEqualTo(original.keySet());
            now.forEach((name, state) -> {
                assertThat(state.metadata())
                        .as(name)
                        .isEqualTo(original.get(name).metadata());
                assertThat(state.content())
                        .as(name)
                        .isEqualTo(original.get(name).content());
            });
        }
        System.out.println("KilledUndoTest: killed " + KILLS + " undos, " + partial + " of them between two renames");
        assertThat(partial).isPositive();
    }

    /**
     * Requires that every file has its old or its new header and its old body. Returns whether there are files of both
     * kinds.
     */
    private static boolean requireWhole(MatchingTree tree, Map<String, FileSnapshot> original) throws IOException {
        int old = 0;
        int all = 0;
        for (String pyc : tree.pycs()) {
            byte[] now = Files.readAllBytes(tree.root().resolve(pyc));
            assertThat(tree.isWhole(pyc, now, original.get(pyc).bytes()))
                    .as(pyc)
                    .isTrue();
            old += now[4] == 0 ? 1 : 0;
            all++;
        }
        return old > 0 && old < all;
    }

    private static List<Long> inodes(List<Path> files) throws IOException {
        List<Long> inodes = new ArrayList<>();
        for (Path file : files) {
            inodes.add((Long) Files.getAttribute(file, "unix:ino"));
        }
        return inodes;
    }

    private RepairChild next() throws IOException {
        while (waiting.size() <= 1) {
            waiting.add(RepairChild.start(Files.createDirectories(directory.resolve("scratch"))));
        }
        return waiting.removeFirst();
    }

    private Path index() {
        return directory.resolve("index");
    }
}
