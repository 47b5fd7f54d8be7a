package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source gets a new mtime only if all of its bytecode was repaired. A failure is reported along with the finished
 * work.
 */
@EnabledOnOs(OS.LINUX)
class RepairSourceTimesTest {

    @TempDir
    private Path directory;

    /** Another user may be able to read, and so to load, an unreadable file. */
    @Test
    void aSourceWithAnUnreadablePycKeepsItsMtime() throws Exception {
        Shell.require("mkfifo");
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a").pair("b");
        Shell.run("mkfifo", tree.root().resolve("__pycache__/a.cpython-310.pyc"));

        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "zero-mtime",
                "--zero-source-mtime",
                tree.root());

        assertThat(run.out()).contains("a.cpython-310.pyc  left: unreadable");
        assertThat(seconds(tree, "a.py")).isEqualTo(MatchingTree.MTIME);
        assertThat(seconds(tree, "b.py")).isZero();
    }

    /** Python 2.7 compares more bits of the mtime than its header has, so its header cannot match a negative mtime. */
    @Test
    void aSourceWithAPycWhoseHeaderCannotMatchKeepsItsMtime() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a").pair("b");
        byte[] old = {(byte) 0x03, (byte) 0xf3, 0x0d, 0x0a, 0, 0, 0, 0};
        tree.compiled("a.pyc", old);

        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "timestamp",
                "--clamp-mtime=-5",
                "--set-source-mtime",
                tree.root());

        assertThat(run.out()).contains("a.pyc  left: unnameable-time");
        assertThat(seconds(tree, "a.py")).isEqualTo(MatchingTree.MTIME);
        assertThat(seconds(tree, "b.py")).isEqualTo(-5);
    }

    /** The disk fails after the bytecode and the mtimes of seven sources were written. */
    @Test
    void aFailureToSetAnMtimeIsReportedWithTheRepairedBytecode() throws Exception {
        // Calls are counted per thread: two in the thread that writes files, ten in the thread that sets mtimes.
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(8);
        assertThat(repair("--to", "zero-mtime").code()).isZero();
        tree.pair("n/a").pair("n/b");

        String output = failing("utimensat:error=EIO:when=8", "--to", "zero-mtime", "--zero-source-mtime");

        assertThat(output)
                .startsWith("3\n")
                .contains("not all sources", "EIO", "restamped: 2")
                .doesNotContain("nothing was repaired");
        assertThat(times(tree)).filteredOn(time -> time == 0).hasSize(7);
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), tree.root())
                        .code())
                .isZero();
        assertThat(times(tree)).hasSize(10).containsOnly((long) MatchingTree.MTIME);
    }

    /** All files are renamed, then the disk cannot confirm that they were written. */
    @Test
    void aFailureToForceFilesIsReportedWithTheRepairedBytecode() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(3);

        String output = failing("syncfs:error=EIO:when=1", "--to", "checked-hash", "--durability", "each");

        assertThat(output).startsWith("3\n").contains("restamped: 3", "EIO").doesNotContain("nothing was repaired");
        for (String pyc : tree.pycs()) {
            assertThat(Files.readAllBytes(tree.root().resolve(pyc))).startsWith(tree.hash(pyc));
        }
    }

    private CommandLineRun repair(String... more) {
        return CommandLineRun.of(words(), more);
    }

    /** Runs a repair in which a system call fails; returns a line with the exit code, then the output. */
    private String failing(String fault, String... more) throws IOException, InterruptedException {
        RepairChild child = RepairChild.startWithFault(directory, fault);
        String output = child.go(
                        Stream.concat(words().stream(), Stream.of(more)).toList())
                .output();
        child.kill();
        return output;
    }

    private List<String> words() {
        return List.of(
                "repair",
                "--index",
                directory.resolve("index").toString(),
                "-j",
                "1",
                directory.resolve("lib").toString());
    }

    private static List<Long> times(MatchingTree tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree.root())) {
            return files.filter(file -> file.toString().endsWith(".py"))
                    .map(RepairSourceTimesTest::seconds)
                    .toList();
        }
    }

    private static long seconds(MatchingTree tree, String source) {
        return seconds(tree.root().resolve(source));
    }

    private static long seconds(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            return time.toInstant().getEpochSecond();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
