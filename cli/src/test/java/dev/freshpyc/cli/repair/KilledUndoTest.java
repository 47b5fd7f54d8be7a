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
 * Kills undos at random moments. After each kill every file is whole, with its old or its new header; another undo puts back the
 * rest and leaves no other files.
 */
@EnabledOnOs(OS.LINUX)
class KilledUndoTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 300) / 10;
    private static final int FILES = 240;

    /** How many further moments lie behind one at which a first file was put back. */
    private static final long RENAMING = 10_000_000;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final List<RepairChild> waiting = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (RepairChild child : waiting) {
            child.kill();
        }
    }

    @Test
    void aKilledUndoIsCompletedByAnother() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        Map<String, FileState> original = FileState.files(tree.root());
        Path first = tree.root().resolve(tree.pycs().iterator().next());
        int partial = 0;
        for (int i = 0; i < KILLS; i++) {
            assertThat(tree.repair(index()).code()).isZero();
            long inode = FileState.of(first).identity().inode();
            RepairChild child = next().go(List.of(
                    "undo", "-q", "--index", index().toString(), tree.root().toString()));
            if (i % 2 == 0) {
                LockSupport.parkNanos(random.nextLong(100_000_000));
            } else {
                while (child.isAlive() && FileState.of(first).identity().inode() == inode) {
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(random.nextLong(RENAMING));
            }
            child.kill();
            partial += requireWhole(tree, original) ? 1 : 0;

            CommandLineRun again = CommandLineRun.of("undo", "--index", index(), tree.root());
            assertThat(again.code()).as(again.out() + again.err()).isZero();
            Map<String, FileState> now = FileState.files(tree.root());
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
    }

    /** Requires that every file has its old or its new header and its old body; returns whether there are files of both kinds. */
    private static boolean requireWhole(MatchingTree tree, Map<String, FileState> original) throws IOException {
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
