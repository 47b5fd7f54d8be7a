package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repair to mtime 0 reports the sources with another mtime: Nix sets the mtime to 1, and ostree keeps the mtime of
 * empty files.
 */
@EnabledOnOs(OS.LINUX)
class ZeroMtimeReportTest {

    private static final String SUMMARY =
            "2 sources have another mtime than 0, so Python would compile them at every start";

    @TempDir
    private Path directory;

    private Path lib = Path.of("");

    @BeforeEach
    void makeATree() throws IOException {
        lib = Files.createDirectory(directory.resolve("lib"));
        source("zero", "x = 1\n", 0);
        source("nix", "x = 2\n", 1);
        source("empty", "", 1_700_000_000);
    }

    private void source(String stem, String text, long mtime) throws IOException {
        Path file = Files.writeString(lib.resolve(stem + ".py"), text);
        Files.setLastModifiedTime(file, FileTime.from(mtime, TimeUnit.SECONDS));
        Interpreter python = Interpreters.required("cpython 3.11");
        python.launcher().run("compile.py", List.of(), List.of(file.toString(), "TIMESTAMP"));
    }

    @Test
    void sourcesWithAnotherMtimeAreReported() {
        for (String option : List.of("--dry-run", "-v")) {
            assertThat(repair(option).out())
                    .contains(
                            SUMMARY,
                            lib + "/nix.py  mtime 1 is not 0\n",
                            lib + "/empty.py  mtime 1700000000 is not 0 (an empty file: ostree leaves its mtime)")
                    .doesNotContain("/zero.py");
        }
        assertThat(repair("--format", "json").out())
                .contains("\"sources_not_at_0\":[{\"file\":\"" + lib
                        + "/empty.py\",\"mtime\":1700000000,\"empty\":true},{\"file\":\"" + lib
                        + "/nix.py\",\"mtime\":1,\"empty\":false}]");
    }

    @Test
    void nothingIsReportedIfTheRepairSetsTheMtimes() {
        assertThat(repair("--zero-source-mtime").out()).doesNotContain("another mtime than 0");
        assertThat(repair("-v").out()).doesNotContain("another mtime than 0");
    }

    private CommandLineRun repair(String... options) {
        Object[] words = new Object[options.length + 6];
        Object[] first = {"repair", "--index", directory.resolve("index"), "--to", "zero-mtime"};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(options, 0, words, first.length, options.length);
        words[words.length - 1] = lib;
        return CommandLineRun.of(words);
    }
}
