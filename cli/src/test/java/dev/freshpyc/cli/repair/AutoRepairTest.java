package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code serve --once} with and without {@code --auto-repair}. */
@EnabledOnOs(OS.LINUX)
class AutoRepairTest {

    private static final FileTime CHANGED_MTIME = FileTime.from(Instant.ofEpochSecond(1_600_000_000));

    @TempDir
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path index = Path.of("");

    /** Makes a needless, a stale and a fresh pyc. */
    @BeforeEach
    void makeATree() throws Exception {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        new MatchingTree(lib).pair("needless").pair("stale").pair("fresh");
        SettledRefresh.run(index, lib);
        Files.setLastModifiedTime(lib.resolve("needless.py"), CHANGED_MTIME);
        Files.writeString(lib.resolve("stale.py"), "x = 'another source'\n");
        assertThat(verdict("needless")).contains("needless (mtime)");
        assertThat(verdict("stale")).contains("stale (");
    }

    @Test
    void needlessBytecodeGetsANewHeaderAndOtherBytecodeIsLeft() throws IOException {
        byte[] stale = pyc("stale");
        byte[] fresh = pyc("fresh");
        byte[] needless = pyc("needless");

        assertThat(once("--auto-repair", "checked-hash").code()).isZero();

        assertThat(verdict("needless")).contains("fresh").contains("hash-header");
        assertThat(pyc("needless")).isNotEqualTo(needless).hasSameSizeAs(needless);
        assertThat(pyc("stale")).isEqualTo(stale);
        assertThat(pyc("fresh")).isEqualTo(fresh);
        assertThat(CommandLineRun.of("undo", "--index", index, lib).code()).isZero();
        assertThat(pyc("needless")).isEqualTo(needless);
    }

    @Test
    void withoutTheOptionNothingIsWritten() throws IOException {
        byte[] needless = pyc("needless");

        CommandLineRun run = once();

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(pyc("needless")).isEqualTo(needless);
    }

    @Test
    void anIndexThatCannotBeWrittenIsReported() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");

        CommandLineRun run = CommandLineRun.of("serve", "--once", "--index", file, lib);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(file.toString());
    }

    @Test
    void anUnknownModeIsRefused() {
        assertThat(CommandLineRun.of("serve", "--once", "--auto-repair", "magic", lib)
                        .complaint(2))
                .contains("--auto-repair", "checked-hash");
    }

    private CommandLineRun once(String... options) {
        Object[] words = new Object[options.length + 5];
        System.arraycopy(options, 0, words, 5, options.length);
        words[0] = "serve";
        words[1] = "--once";
        words[2] = "--index";
        words[3] = index;
        words[4] = lib;
        return CommandLineRun.of(words);
    }

    private String verdict(String module) {
        return CommandLineRun.of("explain", "--index", index, lib.resolve(module + ".py"))
                .out();
    }

    private byte[] pyc(String module) throws IOException {
        return Files.readAllBytes(lib.resolve(Pairs.cached(module)));
    }
}
