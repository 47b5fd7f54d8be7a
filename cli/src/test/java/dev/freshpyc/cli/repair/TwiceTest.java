package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private CommandLineRun repair(Caches caches, String to, String write) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--to", to, "--write", write, caches.root());
    }
}
