package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills repairs at random moments. Each repair starts on the tree that the previous repair left and writes the other
 * kind of header, so that each repair has something to do. After each kill every file is valid, and an undo or the next
 * repair completes the work.
 */
@EnabledOnOs(OS.LINUX)
class KilledRepairTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 6);
    private static final int FILES = 240;
    private static final int WORKERS = 2;
    private static final int SPARE = 2;
    private static final int UNDO_EVERY = 5;

    /** The approximate time in nanoseconds from the start of the journal to the last rename. */
    private static final long WRITING = 80_000_000;

    /** The approximate time in nanoseconds from the first rename to the last. */
    private static final long CHANGING = 10_000_000;

    /** The phase of a repair in which it was killed. */
    private enum Phase {
        /** Before the journal; the index may be written. */
        SCANNING,
        /** After the start of the journal and before the first rename. */
        WRITING,
        /** After some renames. */
        RENAMING,
        /** After the last rename; the index may be updated. */
        RENAMED
    }

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final List<RepairChild> waiting = new ArrayList<>();
    private Map<String, FileSnapshot> original = Map.of();
    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    private int undone;

    @AfterEach
    void killWaitingChildren() throws InterruptedException {
        for (RepairChild child : waiting) {
            child.kill();
        }
    }

    @Test
    void aKilledReplacementLeavesEveryFileValid() throws Exception {
        killMany("replace");
    }

    @Test
    void aKilledWriteInPlaceLeavesEveryFileValid() throws Exception {
        killMany("in-place");
    }

    private void killMany(String write) throws IOException, InterruptedException {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        original = FileSnapshot.files(tree.root());
        long duration = durationNanos(words("checked-hash", write));
        for (int i = 0; i < KILLS; i++) {
            List<String> words = words(i % 2 == 0 ? "timestamp" : "checked-hash", write);
            Map<String, String> before = headers(tree);
            String journal = newestJournal();
            RepairChild child = next().go(words);
            if (i % 3 == 0) {
                LockSupport.parkNanos(random.nextLong(duration));
            } else if (i % 3 == 1) {
                await(child, () -> isNewer(journal));
                LockSupport.parkNanos(random.nextLong(WRITING));
            } else {
                Path first = tree.root().resolve(tree.pycs().iterator().next());
                FileSnapshot then = FileSnapshot.of(first);
                await(child, () -> !FileSnapshot.of(first).identity().equals(then.identity()));
                LockSupport.parkNanos(random.nextLong(CHANGING));
            }
            boolean killed = child.kill();
            requireValid(tree, write);
            if (killed) {
                phases.merge(phase(before, headers(tree), isNewer(journal)), 1, Integer::sum);
            }
            if (i % UNDO_EVERY == 0 && isNewer(journal)) {
                CommandLineRun undo =
                        CommandLineRun.of("undo", "--index", index(), "--journal", pathOf(newestJournal()));
                assertThat(undo).matches(run -> run.code() == 0 || run.err().contains("lists no change"));
                assertThat(headers(tree)).as(undo.out() + undo.err()).isEqualTo(before);
                requireValid(tree, "replace");
                undone++;
            }
        }
        CommandLineRun last = CommandLineRun.of(words("checked-hash", write).toArray());
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        for (String pyc : tree.pycs()) {
            assertThat(Files.readAllBytes(tree.root().resolve(pyc))).startsWith(tree.hash(pyc));
        }
        requireValid(tree, "replace");
        assertThat(FileSnapshot.files(tree.root()).keySet())
                .as("temporary files must be deleted")
                .isEqualTo(original.keySet());
        System.out.println("KilledRepairTest: " + write + ", a run takes " + duration / 1_000_000 + " ms; killed in "
                + KILLS + " runs, by phase: " + phases + "; " + undone + " undone");
        assertThat(phases).isNotEmpty();
    }

    private static Phase phase(Map<String, String> before, Map<String, String> after, boolean journal) {
        if (after.equals(before)) {
            return journal ? Phase.WRITING : Phase.SCANNING;
        }
        long kinds = after.values().stream()
                .map(head -> head.substring(8, 16))
                .distinct()
                .count();
        return kinds > 1 ? Phase.RENAMING : Phase.RENAMED;
    }

    /**
     * Requires that every file has a timestamp or hash header and its old body, and that all other files are unchanged.
     */
    private void requireValid(MatchingTree tree, String write) throws IOException {
        Map<String, FileSnapshot> now = FileSnapshot.files(tree.root());
        int touched = 0;
        for (Map.Entry<String, FileSnapshot> file : original.entrySet()) {
            FileSnapshot then = file.getValue();
            FileSnapshot found = now.remove(file.getKey());
            assertThat(found).as(file.getKey()).isNotNull();
            if (!file.getKey().endsWith(".pyc")) {
                assertThat(found).isEqualTo(then);
                continue;
            }
            assertThat(tree.isWhole(file.getKey(), found.bytes(), then.bytes()))
                    .as(file.getKey())
                    .isTrue();
            if (write.equals("in-place") && !found.metadata().equals(then.metadata())) {
                touched++; // killed after the header was written and before the mtime was restored
            } else {
                assertThat(found.metadata()).as(file.getKey()).isEqualTo(then.metadata());
            }
        }
        assertThat(touched).isLessThanOrEqualTo(WORKERS);
        assertThat(now.keySet()).allMatch(name -> name.matches("(.*/)?\\.[0-9a-f]{16}\\.freshpyc-new"));
    }

    private Map<String, String> headers(MatchingTree tree) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String pyc : tree.pycs()) {
            headers.put(
                    pyc, HexFormat.of().formatHex(Files.readAllBytes(tree.root().resolve(pyc)), 0, 16));
        }
        return headers;
    }

    private RepairChild next() throws IOException {
        while (waiting.size() <= SPARE) {
            waiting.add(RepairChild.start(Files.createDirectories(directory.resolve("scratch"))));
        }
        return waiting.removeFirst();
    }

    private long durationNanos(List<String> words) throws IOException, InterruptedException {
        RepairChild child = next().go(words);
        long begun = System.nanoTime();
        assertThat(child.result()).isEqualTo("0");
        long taken = System.nanoTime() - begun;
        child.kill();
        return taken;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until a condition holds or the run has ended. */
    private static void await(RepairChild child, Condition condition) throws IOException {
        while (!condition.holds() && child.isAlive()) {
            Thread.onSpinWait();
        }
    }

    /** The name of the newest journal, without its suffix; empty if there is none. */
    private String newestJournal() throws IOException {
        try (Stream<Path> files = Files.list(index().resolve("undo"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".running") || name.endsWith(".journal"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .max(Comparator.naturalOrder())
                    .orElse("");
        }
    }

    /**
     * Whether a run has begun a newer journal. A run that begins may also remove the journals of dead runs that changed
     * nothing.
     */
    private boolean isNewer(String journal) throws IOException {
        return newestJournal().compareTo(journal) > 0;
    }

    private Path pathOf(String journal) {
        Path running = index().resolve("undo").resolve(journal + ".running");
        return Files.exists(running) ? running : running.resolveSibling(journal + ".journal");
    }

    private Path index() {
        return directory.resolve("index");
    }

    private List<String> words(String to, String write) {
        List<String> words = new ArrayList<>(List.of("repair", "--index", index().toString(), "-j", "" + WORKERS));
        words.addAll(List.of(
                "--to", to, "--write", write, "-q", directory.resolve("lib").toString()));
        words.addAll(random.nextBoolean() ? List.of() : List.of("--durability", "none"));
        return words;
    }
}
