package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A source gets another time when all of its bytecode is ready for it. */
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

    private static long seconds(Caches caches, String source) {
        return seconds(caches.root().resolve(source));
    }

    private static long seconds(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            return time.toInstant().getEpochSecond();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
