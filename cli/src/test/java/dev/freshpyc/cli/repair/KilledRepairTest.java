package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Repairs that are killed at any moment. Each begins on what the one before has left, and wants the other kind of header, so
 * that there is always something to do; whatever is left is whole, and undone or finished by the next.
 */
@EnabledOnOs(OS.LINUX)
class KilledRepairTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 300);
    private static final int FILES = 240;
    private static final int WORKERS = 2;
    private static final int SPARE = 2;
    private static final int UNDO_EVERY = 5;

    /** About as long as the new files take from the journal's beginning to the last rename. */
    private static final long WRITING = 80_000_000;

    /** About as long as it takes from the first rename to the last. */
    private static final long CHANGING = 10_000_000;

    /** Of a repair, by what it leaves when it is killed. */
    private enum Phase {
        /** Nothing is written yet, but perhaps the index. */
        LOOKING,
        /** The journal is there, and new files perhaps; none has taken its place. */
        WRITING,
        /** Some have. */
        AMID_THE_CHANGE,
        /** All have; the index may know. */
        AFTER_THE_CHANGE
    }

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private final List<RepairChild> waiting = new ArrayList<>();
    private Map<String, Facts> planted = Map.of();
    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    private int undone;

    @AfterEach
    void endAll() throws InterruptedException {
        for (RepairChild child : waiting) {
            child.kill();
        }
    }

    @Test
    void aKilledReplacementHarmsNothing() throws Exception {
        killMany("replace");
    }

    @Test
    void aKilledWriteInPlaceHarmsNothing() throws Exception {
        killMany("in-place");
    }

    private void killMany(String write) throws IOException, InterruptedException {
        Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
        planted = Facts.files(caches.root());
        long whole = nanos(words("checked-hash", write));
        for (int i = 0; i < KILLS / 2; i++) {
            List<String> words = words(i % 2 == 0 ? "timestamp" : "checked-hash", write);
            Map<String, String> before = heads(caches);
            long journals = journals();
            RepairChild child = next().go(words);
            if (i % 3 == 0) {
                LockSupport.parkNanos(random.nextLong(whole));
            } else if (i % 3 == 1) {
                await(child, () -> journals() > journals);
                LockSupport.parkNanos(random.nextLong(WRITING));
            } else {
                Path first = caches.root().resolve(caches.pycs().iterator().next());
                Facts then = Facts.of(first);
                await(child, () -> !Facts.of(first).place().equals(then.place()));
                LockSupport.parkNanos(random.nextLong(CHANGING));
            }
            boolean killed = child.kill();
            requireWhole(caches, write);
            if (killed) {
                phases.merge(phase(before, heads(caches), journals() > journals), 1, Integer::sum);
            }
            if (i % UNDO_EVERY == 0 && journals() > journals) {
                assertThat(CommandLineRun.of("undo", "--index", index(), "--format", "json"))
                        .matches(run -> run.code() == 0);
                assertThat(heads(caches)).isEqualTo(before);
                requireWhole(caches, "replace");
                undone++;
            }
        }
        CommandLineRun last = CommandLineRun.of(words("checked-hash", write).toArray());
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        for (String pyc : caches.pycs()) {
            assertThat(Files.readAllBytes(caches.root().resolve(pyc))).startsWith(caches.hash(pyc));
        }
        requireWhole(caches, "replace");
        assertThat(Facts.files(caches.root()).keySet())
                .as("new files that nobody cleaned away")
                .isEqualTo(planted.keySet());
        System.out.println("KilledRepairTest: " + write + ", a run takes " + whole / 1_000_000 + " ms; of " + KILLS / 2
                + " runs killed before their end " + phases + ", " + undone + " undone");
        assertThat(phases).isNotEmpty();
    }

    private static Phase phase(Map<String, String> before, Map<String, String> after, boolean journal) {
        if (after.equals(before)) {
            return journal ? Phase.WRITING : Phase.LOOKING;
        }
        long kinds = after.values().stream()
                .map(head -> head.substring(8, 16))
                .distinct()
                .count();
        return kinds > 1 ? Phase.AMID_THE_CHANGE : Phase.AFTER_THE_CHANGE;
    }

    /** Every file has one header or the other and its own body, and nothing else changed; nothing else looks like bytecode. */
    private void requireWhole(Caches caches, String write) throws IOException {
        Map<String, Facts> now = Facts.files(caches.root());
        int touched = 0;
        for (Map.Entry<String, Facts> file : planted.entrySet()) {
            Facts then = file.getValue();
            Facts found = now.remove(file.getKey());
            assertThat(found).as(file.getKey()).isNotNull();
            if (!file.getKey().endsWith(".pyc")) {
                assertThat(found).isEqualTo(then);
                continue;
            }
            assertThat(caches.isWhole(file.getKey(), found.bytes(), then.bytes()))
                    .as(file.getKey())
                    .isTrue();
            if (write.equals("in-place") && !found.kept().equals(then.kept())) {
                touched++; // between the writing of the header and the setting back of the mtime
            } else {
                assertThat(found.kept()).as(file.getKey()).isEqualTo(then.kept());
            }
        }
        assertThat(touched).isLessThanOrEqualTo(WORKERS);
        assertThat(now.keySet()).allMatch(name -> name.matches("(.*/)?\\.[0-9a-f]{16}\\.freshpyc-new"));
    }

    private Map<String, String> heads(Caches caches) throws IOException {
        Map<String, String> heads = new TreeMap<>();
        for (String pyc : caches.pycs()) {
            heads.put(
                    pyc,
                    HexFormat.of().formatHex(Files.readAllBytes(caches.root().resolve(pyc)), 0, 16));
        }
        return heads;
    }

    private RepairChild next() throws IOException {
        while (waiting.size() <= SPARE) {
            waiting.add(RepairChild.start(Files.createDirectories(directory.resolve("scratch"))));
        }
        return waiting.removeFirst();
    }

    private long nanos(List<String> words) throws IOException, InterruptedException {
        RepairChild child = next().go(words);
        long begun = System.nanoTime();
        assertThat(child.result()).isEqualTo("0");
        long taken = System.nanoTime() - begun;
        child.kill();
        return taken;
    }

    private interface Sign {
        boolean isThere() throws IOException;
    }

    /** Until the run gives that sign, or is over. */
    private static void await(RepairChild child, Sign sign) throws IOException {
        while (!sign.isThere() && child.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private long journals() throws IOException {
        try (Stream<Path> files = Files.list(index().resolve("undo"))) {
            return files.count();
        }
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
