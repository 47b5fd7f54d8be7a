package dev.freshpyc.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills {@code snapshot save}, {@code remove} and {@code rollback} at random moments. After each kill a snapshot is
 * complete or absent, every pyc has its old or its new bytes, and the next command completes the work and cleans up.
 */
@EnabledOnOs(OS.LINUX)
class SnapshotKillTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 6);
    private static final int FILES = 400;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();
    private Path lib = Path.of(".");
    private Path index = Path.of(".");
    private Map<String, String> saved = Map.of();

    @BeforeEach
    void makeTree() throws Exception {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        Pairs pairs = new Pairs(lib);
        for (int i = 0; i < FILES; i++) {
            pairs.fresh("p" + i % 5 + "/m" + i);
        }
        SettledRefresh.run(index, lib);
        saved = pycs();
        assertThat(run("refresh").code()).isZero(); // saves the snapshot postinit
    }

    @Test
    void aSnapshotIsCompleteOrAbsentAfterAnyKill() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            names.add("s" + i);
        }
        int savedSnapshots = killEach("save", names);
        List<String> present = snapshots();
        int removed = present.size() - 1;
        killEach(
                "remove",
                present.stream().filter(name -> !name.equals("postinit")).toList());
        removed -= snapshots().size() - 1;
        System.out.printf(
                "SnapshotKillTest: %d kills of a save, %d after the rename; %d removals killed, %d after the rename%n",
                KILLS, savedSnapshots, present.size() - 1, removed);

        assertThat(run("snapshot", "save", "last").code()).isZero();
        requireCompleteSnapshots();
        assertThat(hidden()).containsExactly(".default");
    }

    @Test
    void aKilledRollbackLeavesOldAndNewFilesAndCanBeRunAgain() throws Exception {
        assertThat(run("snapshot", "save", "one").code()).isZero();
        int mixed = 0;
        KillTime time = new KillTime();
        for (int i = 0; i < KILLS / 3; i++) {
            for (String pyc : saved.keySet()) {
                Files.write(lib.resolve(pyc), new byte[] {1}, StandardOpenOption.APPEND);
            }
            time.kill(start("snapshot", "rollback", "one"));
            int old = 0;
            for (Map.Entry<String, String> pyc : pycs().entrySet()) {
                String then = saved.get(pyc.getKey());
                assertThat(pyc.getValue()).as(pyc.getKey()).isIn(then, then + "01");
                old += pyc.getValue().equals(then) ? 1 : 0;
            }
            mixed += old > 0 && old < FILES ? 1 : 0;
            time.adapt(old > 0);

            assertThat(run("snapshot", "rollback", "one").code()).isZero();
            assertThat(pycs()).isEqualTo(saved);
            assertThat(temporaries()).isEmpty();
        }
        System.out.printf("SnapshotKillTest: %d rollbacks killed, %d between two renames%n", KILLS / 3, mixed);
    }

    /** Kills one command for each of these snapshots; returns the number of snapshots besides postinit. */
    private int killEach(String task, List<String> names) throws Exception {
        KillTime time = new KillTime();
        for (String name : names) {
            boolean before = snapshots().contains(name);
            time.kill(start("snapshot", task, name));
            requireCompleteSnapshots();
            time.adapt(snapshots().contains(name) != before);
        }
        return snapshots().size() - 1;
    }

    /** Requires that every listed snapshot has all of its files, with the bytes of the tree. */
    private void requireCompleteSnapshots() throws IOException {
        List<String> listed = run("snapshot", "list").lines().stream()
                .skip(1)
                .map(line -> line.substring(2).split(" ", -1)[0])
                .sorted()
                .toList();
        assertThat(listed).isEqualTo(snapshots());
        for (String name : listed) {
            Path snapshot = entry().resolve(name);
            assertThat(snapshot.resolve("facts")).exists();
            try (Stream<Path> files = Files.list(snapshot.resolve("files"))) {
                assertThat(files).as(name).hasSize(FILES);
            }
            CommandLineRun dry = run("snapshot", "rollback", name, "--dry-run");
            assertThat(dry.out()).contains("as then: " + FILES + ", left: 0");
        }
    }

    private List<String> snapshots() throws IOException {
        return names(name -> !name.startsWith("."));
    }

    private List<String> hidden() throws IOException {
        return names(name -> name.startsWith("."));
    }

    private List<String> names(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(entry())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    private Path entry() throws IOException {
        try (Stream<Path> entries = Files.list(index.resolve("snapshots"))) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private Map<String, String> pycs() throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".pyc")) {
                bytes.put(lib.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }

    private List<Path> temporaries() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".freshpyc-new"))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(lib)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private CommandLineRun run(String... words) {
        return CommandLineRun.of(words(words).toArray());
    }

    private Process start(String... words) throws IOException {
        return ProgramProcess.of(List.of(), GatedProgram.class, words(words).toArray())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--index", index.toString(), lib.toString()));
        return all;
    }

    private static void open(Process gated) throws IOException {
        assertThat(gated.getInputStream().read()).isEqualTo('\n');
        try (OutputStream gate = gated.getOutputStream()) {
            gate.write(1);
        }
    }

    /** The time until a kill. It adapts to the speed of the machine, so that about half of the kills come too late. */
    private final class KillTime {

        private long longest = TimeUnit.MILLISECONDS.toNanos(1500);

        void kill(Process process) throws IOException, InterruptedException {
            open(process);
            process.waitFor(random.nextLong(longest / 2, longest), TimeUnit.NANOSECONDS);
            process.destroyForcibly().waitFor();
        }

        void adapt(boolean tooLate) {
            longest = tooLate ? longest * 3 / 4 : longest * 3 / 2;
        }
    }
}
