package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The zipimport of 3.7 loads members with times or an unchecked hash, and rejects a checked hash without a look at the source. After
 * a repair, the real 3.7 loads the bytecode.
 */
@EnabledOnOs(OS.LINUX)
class EarlyArchiveRepairTest {

    private static final Interpreter PYTHON = Interpreters.required("cpython 3.7");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "late, auto",
        "late, timestamp",
        "late, checked-hash",
        "late, unchecked-hash",
        "hash, auto",
        "hash, timestamp",
        "hash, checked-hash",
        "hash, unchecked-hash",
        "unchecked, timestamp",
        "right, unchecked-hash"
    })
    void theMemberIsLoadedAfterOneRepair(String kind, String mode) throws Exception {
        Path archive = archive(kind);
        boolean loadedBefore = kind.equals("unchecked") || kind.equals("right");
        assertThat(isLoaded(archive)).isEqualTo(loadedBefore);

        assertThat(repair(archive, mode).out()).contains("restamped: 1, recompiled: 0");

        assertThat(isLoaded(archive)).isTrue();
        assertThat(CommandLineRun.of("audit", "--no-index", archive).out()).contains("1 pyc: 1 fresh");
    }

    /** A member that 3.7 loads would be rejected with the hash, so it is left and the reason is reported. */
    @ParameterizedTest
    @CsvSource({"right", "unchecked"})
    void aLoadedMemberGetsNoCheckedHash(String kind) throws Exception {
        Path archive = archive(kind);
        CommandLineRun run = repair(archive, "checked-hash");
        assertThat(run.out()).contains("restamped: 0, recompiled: 0", "1 no-hash-in-its-format");
        assertThat(run.code()).isEqualTo(1);
        assertThat(isLoaded(archive)).isTrue();
    }

    @Test
    void aRepairedMemberIsAsWanted() throws Exception {
        Path archive = archive("hash");
        repair(archive, "auto");
        assertThat(repair(archive, "auto").out()).contains("1 as-wanted");
    }

    private Path archive(String kind) throws Exception {
        Path archive = directory.toRealPath().resolve("lib.zip");
        script("make", archive, 0, kind);
        return archive;
    }

    private boolean isLoaded(Path archive) {
        return script("loads", archive).equals(List.of("True"));
    }

    private CommandLineRun repair(Path archive, String mode) {
        return CommandLineRun.of(
                "repair", "--assume-matching", "--to", mode, "--index", directory.resolve("index"), archive);
    }

    private static List<String> script(Object... words) {
        return PYTHON.launcher()
                .run(
                        "archive_pair.py",
                        List.of(),
                        Stream.of(words).map(Object::toString).toList());
    }
}
