package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checks how snapshots store files, how much space they may take, and that one process at a time changes them. */
@EnabledOnOs(OS.LINUX)
class SnapshotStorageTest {

    private static final int FILES = 12;
    private static final long DISK = 400L << 20;

    @TempDir
    private Path directory;

    private MatchingTree tree = new MatchingTree(Path.of("."));
    private Path index = Path.of(".");

    @BeforeEach
    void makeTree() throws Exception {
        tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        index = directory.resolve("index");
    }

    /**
     * A snapshot has no hard link to a file of the tree: a link would change the ctime and the link count of the file,
     * and a write in place would also change the snapshot.
     */
    @Test
    void aSaveLeavesTheTreeAsItIsAndAWriteInPlaceLeavesTheSnapshot() throws Exception {
        Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

        CommandLineRun save = run("save", "one");

        assertThat(save.code()).as(save.err()).isZero();
        assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
        assertThat(save.out()).contains(FILES + " linked"); // to the files of the snapshot postinit
        assertThat(tree.repair(index, "--write", "in-place").code()).isZero();
        assertThat(FileSnapshot.files(tree.root())).isNotEqualTo(before);
        CommandLineRun rollback = run("rollback", "one");
        assertThat(rollback.out()).contains("put back: " + FILES);
        assertThat(withoutIdentity(FileSnapshot.files(tree.root()))).isEqualTo(withoutIdentity(before));
    }

    @Test
    void aFileSystemWithSharedBlocksKeepsClones() throws Exception {
        try (Mount xfs = Mount.of("xfs", directory, DISK)) {
            tree = new MatchingTree(xfs.place().resolve("lib")).pairs(FILES);
            index = xfs.place().resolve("index");

            assertThat(run("save", "one").out()).contains(FILES + " cloned");
            for (String pyc : tree.pycs()) {
                Files.write(tree.root().resolve(pyc), new byte[] {1}, StandardOpenOption.APPEND);
            }

            assertThat(run("rollback").out()).contains("put back: " + FILES);
            for (String pyc : tree.pycs()) {
                assertThat(Files.size(tree.root().resolve(pyc))).isLessThan(MatchingTree.BODY + 200L);
            }
        }
    }

    @Test
    void aSaveWarnsAtThreeQuartersOfTheLimitAndIsRefusedAtNineTenths() throws Exception {
        assertThat(run("save", "one").code()).isZero();
        long used = used();

        CommandLineRun refused = run("save", "two", "--max-size", String.valueOf(used * 100 / 91));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("more than 90 % of the limit");
        assertThat(names()).containsExactly("one", "postinit");

        CommandLineRun warned = run("save", "two", "--max-size", String.valueOf(used * 100 / 85));
        assertThat(warned.code()).as(warned.err()).isZero();
        assertThat(warned.err()).contains("warning: snapshots take ").contains("more than 75 % of the limit");

        CommandLineRun plenty = run("save", "three", "--max-size", String.valueOf(used * 2));
        assertThat(plenty.err()).isEmpty();
    }

    /** The save reaches the limit while it copies files, and removes the incomplete snapshot. */
    @Test
    void aSaveThatReachesTheLimitLeavesNothing() throws Exception {
        assertThat(run("save", "one").code()).isZero();
        long used = used();
        Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());
        assertThat(tree.repair(index).code()).isZero();
        assertThat(FileSnapshot.files(tree.root())).isNotEqualTo(before);

        CommandLineRun refused = run("save", "two", "--max-size", String.valueOf(used * 5 / 4));

        assertThat(refused.code()).isEqualTo(3);
        assertThat(names()).containsExactly("one", "postinit");
        assertThat(hidden()).containsExactly(".default");
    }

    @Test
    void aRefreshGoesOnWithoutASnapshotThatIsTooLarge() throws Exception {
        CommandLineRun refresh = CommandLineRun.of("refresh", "--index", index, "--max-size", "1000", tree.root());
        assertThat(refresh.code()).isZero();
        assertThat(refresh.err()).contains("no snapshot postinit of ").contains("more than 90 % of the limit of 1000");
        assertThat(names()).isEmpty();

        CommandLineRun none = CommandLineRun.of("refresh", "--index", index, "--max-size", "0", tree.root());
        assertThat(none.code()).isZero();
        assertThat(none.err()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void aDamagedFileOfASnapshotIsNotRestored() throws Exception {
        assertThat(run("save", "one").code()).isZero();
        String pyc = tree.pycs().iterator().next();
        Files.delete(tree.root().resolve(pyc));
        try (Stream<Path> kept = Files.list(entry().resolve("one").resolve("files"))) {
            for (Path file : kept.toList()) {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            }
        }

        CommandLineRun rollback = run("rollback");

        assertThat(rollback.code()).isEqualTo(1);
        assertThat(rollback.out()).contains(pyc + ": left: the snapshot has not kept it");
        assertThat(tree.root().resolve(pyc)).doesNotExist();
    }

    @Test
    void oneRunAtATimeChangesSnapshots() throws Exception {
        assertThat(run("save", "one").code()).isZero();
        try (FileChannel lock = FileChannel.open(index.resolve("snapshots/.lock"), StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(run("remove", "one").err()).contains("another freshpyc changes snapshots");
            assertThat(run("rollback").err()).contains("another freshpyc changes snapshots");
            assertThat(run("list").code()).isZero();
        }
        assertThat(run("remove", "one").code()).isZero();
    }

    /**
     * With {@code --durability none}, no command waits until its files are on the disk. Without the option, each of
     * these commands waits.
     */
    @Test
    void withoutDurabilityNoCommandWaitsForTheDisk() throws Exception {
        assertThat(waits("refresh", "--durability", "none")).isEmpty();
        assertThat(waits("refresh", "--no-trust-ctime")).isNotEmpty();
        assertThat(waits("snapshot", "save", "one", "--durability", "none")).isEmpty();
        assertThat(waits("snapshot", "save", "two")).isNotEmpty();
        Files.delete(tree.root().resolve(tree.pycs().iterator().next()));
        assertThat(waits("snapshot", "rollback", "--durability", "none")).isEmpty();
        Files.delete(tree.root().resolve(tree.pycs().iterator().next()));
        assertThat(waits("snapshot", "rollback")).isNotEmpty();
    }

    /** The calls of a command that wait until files of the tree or of the index are on the disk. */
    private List<String> waits(String... words) throws IOException, InterruptedException {
        RepairChild child = RepairChild.startTraced(directory, "-y", "-e", "trace=fsync,fdatasync,syncfs");
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--index", index.toString(), tree.root().toString()));
        assertThat(child.go(all).result()).isEqualTo("0");
        child.kill();
        try (Stream<String> calls = Files.lines(directory.resolve("trace"))) {
            return calls.filter(call -> call.contains("<" + index) || call.contains("<" + tree.root()))
                    .toList();
        }
    }

    private CommandLineRun run(String task, String... words) {
        return CommandLineRun.of("snapshot", task, words, "--index", index, tree.root());
    }

    /** The number of bytes that the snapshots would take with one more, from the message of a refused save. */
    private long used() {
        Matcher refused = Pattern.compile("would take (\\d+) bytes")
                .matcher(run("save", "x", "--max-size", "1").err());
        assertThat(refused.find()).isTrue();
        return Long.parseLong(refused.group(1));
    }

    private List<String> names() throws IOException {
        return listed().stream().filter(name -> !name.startsWith(".")).toList();
    }

    private List<String> hidden() throws IOException {
        return listed().stream().filter(name -> name.startsWith(".")).toList();
    }

    private List<String> listed() throws IOException {
        try (Stream<Path> files = Files.list(entry())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private Path entry() throws IOException {
        try (Stream<Path> entries = Files.list(index.resolve("snapshots"))) {
            return entries.filter(Files::isDirectory).findFirst().orElse(index.resolve("snapshots"));
        }
    }

    private static Map<String, Object> withoutIdentity(Map<String, FileSnapshot> files) {
        Map<String, Object> states = new TreeMap<>();
        files.forEach((name, state) -> states.put(name, List.of(state.metadata(), state.content())));
        return states;
    }
}
