package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair of what is repaired touches nothing: not a file, not a directory, not a time. */
@EnabledOnOs(OS.LINUX)
class TwiceTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "auto,replace",
        "auto,in-place",
        "checked-hash,replace",
        "unchecked-hash,replace",
        "unchecked-hash,in-place",
        "timestamp,replace",
        "zero-mtime,replace",
        "zero-mtime,in-place"
    })
    void theSecondRunTouchesNothing(String to, String write) throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(20);
        Path linked = caches.root().resolve("pkg0/__pycache__/m0.cpython-311.opt-1.pyc");
        Files.createLink(linked, caches.root().resolve("pkg0/__pycache__/m0.cpython-311.pyc"));
        assertThat(repair(caches, to, write).code()).isZero();
        Map<String, Facts> once = Facts.tree(caches.root());

        CommandLineRun again = repair(caches, to, write);

        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("restamped: 0, recompiled: 0; 21 as-wanted");
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
    }

    /** Also when no index remembers what was done. */
    @ParameterizedTest
    @CsvSource({"auto", "checked-hash", "timestamp"})
    void theFilesAloneAreEnough(String to) throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(5);
        assertThat(repair(caches, to, "replace").code()).isZero();
        Map<String, Facts> once = Facts.tree(caches.root());

        CommandLineRun again =
                CommandLineRun.of("repair", "--index", directory.resolve("other"), "--to", to, caches.root());

        assertThat(again.out()).contains("restamped: 0, recompiled: 0; 5 as-wanted");
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
    }

    /** A file whose code had to be compiled to be known for right, and whose header is as wanted. */
    @Test
    void whatWasCompiledAndFoundRightIsRemembered() throws Exception {
        Caches caches = zeroed();
        Map<String, Facts> once = Facts.tree(caches.root());

        CommandLineRun found = repair(caches, "zero-mtime", "replace");

        assertThat(found.out()).contains("restamped: 0, recompiled: 0; 1 as-wanted");
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
        CommandLineRun lookup = CommandLineRun.of(
                "lookup",
                "--index",
                directory.resolve("index"),
                "--format",
                "json",
                caches.root().resolve("a.py"));
        assertThat(lookup.out()).contains("\"needless\"", "\"recompiled\"");
        assertThat(CommandLineRun.of("audit", "--index", directory.resolve("index"), caches.root())
                        .out())
                .contains("needless")
                .doesNotContain("stale");
    }

    @Test
    void theSourceOfWhatWasFoundRightGetsItsTime() throws Exception {
        Caches caches = zeroed();
        Path source = caches.root().resolve("a.py");

        CommandLineRun found = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("index"),
                "--to",
                "zero-mtime",
                "--zero-source-mtime",
                caches.root());

        assertThat(found.code()).as(found.out() + found.err()).isZero();
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(FileTime.fromMillis(0));
        Map<String, Facts> once = Facts.tree(caches.root());
        assertThat(repair(caches, "zero-mtime", "replace").out()).contains("restamped: 0, recompiled: 0; 1 as-wanted");
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
    }

    /** Real code under the header of an image, which no index knows. */
    private Caches zeroed() throws Exception {
        Caches caches = new Caches(directory.resolve("lib"))
                .pair("a")
                .compiled("__pycache__/a.cpython-311.pyc", Pairs.header(3495, 0, 1, 1));
        CommandLineRun run =
                CommandLineRun.of("repair", "--index", directory.resolve("other"), "--to", "zero-mtime", caches.root());
        assumeTrue(run.code() == 0, "NOT RUN: no CPython 3.11");
        assertThat(run.out()).contains("recompiled: 1");
        return caches;
    }

    /** The same directory by two names, and one that lies in another, are looked at once and keep their index. */
    @ParameterizedTest
    @ValueSource(strings = {".", "pkg1", "pkg1/.."})
    void aPathWithinAnotherIsRepairedOnce(String second) throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(6);
        Path other = caches.root().resolve(second);

        CommandLineRun run = CommandLineRun.of("repair", "--index", directory.resolve("index"), caches.root(), other);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("6 seen; restamped: 6, recompiled: 0");
        requireRemembered(caches);
        Map<String, Facts> once = Facts.tree(caches.root());
        CommandLineRun again = CommandLineRun.of("repair", "--index", directory.resolve("index"), caches.root(), other);
        assertThat(again.out()).contains("6 seen; restamped: 0, recompiled: 0; 6 as-wanted");
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
        CommandLineRun refresh =
                CommandLineRun.of("refresh", "--index", directory.resolve("index"), caches.root(), other);
        assertThat(refresh.out()).contains("6 seen", " 0 vanished");
        requireRemembered(caches);
    }

    private void requireRemembered(Caches caches) {
        for (int i = 0; i < 6; i++) {
            Path source = caches.root().resolve("pkg" + i % 3 + "/m" + i + ".py");
            CommandLineRun lookup = CommandLineRun.of("lookup", "--index", directory.resolve("index"), source);
            assertThat(lookup.code()).as(lookup.out()).isZero();
        }
    }

    private CommandLineRun repair(Caches caches, String to, String write) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--to", to, "--write", write, caches.root());
    }
}
