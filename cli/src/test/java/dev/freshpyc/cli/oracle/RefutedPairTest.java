package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has written another body over a pyc in time, so that a refresh has proven the wrong pair by its header. Once the code
 * was compared, neither the index nor a proof restores that pair, in the tree and in copies of it. Imports by a real interpreter
 * show which code runs.
 */
@EnabledOnOs(OS.LINUX)
class RefutedPairTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path copy = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void proveAWrongBodyAndCopyIt() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        copy = lib.resolveSibling("copy");
        index = directory.resolve("index");
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");
        CompiledModule.assumeProven(lib);
        SettledRefresh.run(index, lib);
        CompiledModule.copyWithoutTimes(lib);
    }

    @Test
    void aRepairThatCompilesRefutesThePairOfCopies() throws Exception {
        assertThat(run("audit", "--index", index, copy).out()).contains("1 needless");

        assertThat(repair(lib, "--require", "recompiled").out()).contains("recompiled: 1");

        assertThat(CompiledModule.value(lib)).isEqualTo("first");
        assertThat(run("proofs", "stats", "--index", index).out()).contains("refuted by compiling: 1");
        assertThat(run("audit", "--index", index, copy).out()).contains("1 stale");
        assertThat(repair(copy, "--profile", "ostree").out()).contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(copy)).isEqualTo("first");
    }

    @Test
    void laterRunsKnowABodyThatAVerificationRefuted() throws Exception {
        assertThat(run("audit", "--index", index, "--fail-on", "wrong", lib).code())
                .isZero();

        assertThat(verify(lib).out()).contains("1 impostor");

        assertImpostor("audit", lib, "--all");
        Files.setLastModifiedTime(lib.resolve("m0.py"), FileTime.fromMillis(1_600_000_000_000L)); // another ctime
        assertImpostor("audit", lib, "--all");
        assertThat(repair(copy, "--to", "timestamp").out()).contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(copy)).isEqualTo("first");
        assertThat(repair(lib).out()).contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(lib)).isEqualTo("first");
        assertThat(run("audit", "--index", index, "--fail-on", "any", lib, copy).code())
                .isZero();
    }

    /** A refresh looks at no file of an unchanged directory, unless a pair was refuted since. */
    @Test
    void aRefreshOfUnchangedFilesRecordsTheRefutation() throws Exception {
        verify(lib);
        publishProofsLater();

        assertImpostor("refresh", lib);

        for (Path file : proofFiles()) {
            Files.delete(file);
        }
        assertImpostor("audit", lib, "--all");
    }

    @Test
    void plantedCodeBehindARightHashIsRefutedInCopies() throws Exception {
        Path other = directory.resolve("other");
        repair(lib, "--require", "recompiled", "--to", "checked-hash");
        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");
        SettledRefresh.run(other, lib);
        CompiledModule.copyWithoutTimes(lib);
        assertThat(run("repair", "--dry-run", "--to", "unchecked-hash", "--index", other, copy)
                        .out())
                .contains("would be restamped: 1");

        assertThat(run("audit", "--verify", "--python", PYTHON.executable(), "--index", other, lib)
                        .out())
                .contains("1 impostor");

        assertThat(run("repair", "--to", "unchecked-hash", "--index", other, "--python", PYTHON.executable(), copy)
                        .out())
                .contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(copy)).isEqualTo("first");
    }

    @Test
    void anImportRestoresNoRefutedPairAndTakesRefutations() {
        Path wrong = directory.resolve("wrong.proofs");
        Path refuted = directory.resolve("refuted.proofs");
        run("proofs", "export", "--index", index, wrong);
        verify(lib);
        run("proofs", "export", "--index", index, refuted);

        run("proofs", "import", "--index", index, wrong);
        assertThat(run("audit", "--index", index, copy).out()).contains("1 stale");

        Path other = directory.resolve("other");
        run("proofs", "import", "--index", other, wrong);
        assertThat(run("audit", "--index", other, copy).out()).contains("1 needless");
        run("proofs", "import", "--index", other, refuted);
        assertThat(run("audit", "--index", other, copy).out()).contains("1 stale");
        run("proofs", "import", "--index", other, wrong);
        assertThat(run("audit", "--index", other, copy).out()).contains("1 stale");
    }

    private void assertImpostor(String command, Path entry, Object... options) {
        assertThat(run(Stream.concat(
                                        Stream.of(command, "--index", index, "--format", "jsonl", entry),
                                        Stream.of(options))
                                .toArray())
                        .out())
                .contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"", "\"evidence\":\"recompiled\"");
    }

    private CommandLineRun verify(Path entry) {
        return run("audit", "--verify", "--python", PYTHON.executable(), "--index", index, entry);
    }

    private CommandLineRun repair(Path entry, Object... options) {
        return run(Stream.concat(
                        Stream.of("repair", "--index", index, "--python", PYTHON.executable(), entry),
                        Stream.of(options))
                .toArray());
    }

    /** The clock of the refresh before was ahead. */
    private void publishProofsLater() throws IOException {
        for (Path file : proofFiles()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(2))));
        }
    }

    private Iterable<Path> proofFiles() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.toString().endsWith(".table")).toList();
        }
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err()).isLessThan(2);
        return run;
    }
}
