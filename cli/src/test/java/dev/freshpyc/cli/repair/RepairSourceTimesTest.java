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

/** A source gets another time when all of its bytecode is ready for it, and what was done is told when that fails. */
@EnabledOnOs(OS.LINUX)
class RepairSourceTimesTest {

    @TempDir
    private Path directory;

    /** Whatever cannot be read may be loaded by somebody who can. */
    @Test
    void aSourceWithAFileThatIsLeftKeepsItsTime() throws Exception {
        Shell.require("mkfifo");
        Caches caches = new Caches(directory.resolve("lib")).pair("a").pair("b");
        Shell.run("mkfifo", caches.root().resolve("__pycache__/a.cpython-310.pyc"));

        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "zero-mtime",
                "--zero-source-mtime",
                caches.root());

        assertThat(run.out()).contains("a.cpython-310.pyc  left: unreadable");
        assertThat(seconds(caches, "a.py")).isEqualTo(Caches.MTIME);
        assertThat(seconds(caches, "b.py")).isZero();
    }

    /** Of an interpreter that compares more bits than its header has, such a time can never be named. */
    @Test
    void aSourceWithAFileThatIsReportedKeepsItsTime() throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pair("a").pair("b");
        byte[] old = {(byte) 0x03, (byte) 0xf3, 0x0d, 0x0a, 0, 0, 0, 0};
        caches.compiled("a.pyc", old);

        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "timestamp",
                "--clamp-mtime=-5",
                "--set-source-mtime",
                caches.root());

        assertThat(run.out()).contains("a.pyc  left: unnameable-time");
        assertThat(seconds(caches, "a.py")).isEqualTo(Caches.MTIME);
        assertThat(seconds(caches, "b.py")).isEqualTo(-5);
    }

    /** The bytecode is written, seven sources have their time, and then the disk fails. */
    @Test
    void aFailureAmongTheTimesDoesNotDenyTheBytecode() throws Exception {
        // Calls are counted for each thread: two on the one that makes files, ten on the one that sets times.
        Caches caches = new Caches(directory.resolve("lib")).pairs(8);
        assertThat(repair("--to", "zero-mtime").code()).isZero();
        caches.pair("n/a").pair("n/b");

        String said = failing("utimensat:error=EIO:when=8", "--to", "zero-mtime", "--zero-source-mtime");

        assertThat(said)
                .startsWith("3\n")
                .contains("not all sources", "EIO", "restamped: 2")
                .doesNotContain("nothing was repaired");
        assertThat(times(caches)).filteredOn(time -> time == 0).hasSize(7);
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"))
                        .code())
                .isZero();
        assertThat(times(caches)).hasSize(10).containsOnly((long) Caches.MTIME);
    }

    /** All is in its place, and then the disk does not answer whether it has it. */
    @Test
    void aFailureToForceWhatIsDoneDoesNotDenyIt() throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(3);

        String said = failing("syncfs:error=EIO:when=1", "--to", "checked-hash", "--durability", "each");

        assertThat(said).startsWith("3\n").contains("restamped: 3", "EIO").doesNotContain("nothing was repaired");
        for (String pyc : caches.pycs()) {
            assertThat(Files.readAllBytes(caches.root().resolve(pyc))).startsWith(caches.hash(pyc));
        }
    }

    private CommandLineRun repair(String... more) {
        return CommandLineRun.of(
                Stream.concat(words().stream(), Stream.of(more)).toArray());
    }

    /** The exit code in a line, then the output, of a repair in which some system calls fail. */
    private String failing(String fault, String... more) throws IOException, InterruptedException {
        RepairChild child = RepairChild.startWithFault(directory, fault);
        String said = child.go(Stream.concat(words().stream(), Stream.of(more)).toList())
                .said();
        child.kill();
        return said;
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

    private static List<Long> times(Caches caches) throws IOException {
        try (Stream<Path> files = Files.walk(caches.root())) {
            return files.filter(file -> file.toString().endsWith(".py"))
                    .map(RepairSourceTimesTest::seconds)
                    .toList();
        }
    }

    private static long seconds(Caches caches, String source) {
        return seconds(caches.root().resolve(source));
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
