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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release that made a pyc is missing when the code is compared, so that the pyc is called an impostor. A comparison with that release
 * takes this back; nothing else does.
 */
@EnabledOnOs(OS.LINUX)
class MissingReleaseTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;
    private static final int MOST_REPAIRS = 200;
    private static final String IMPOSTOR = "\"verdict\":\"impostor\"";
    private static final String FRESH = "\"verdict\":\"fresh\"";
    private static final String RECOMPILED = "\"evidence\":\"recompiled\"";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path index = Path.of("");
    private Path other = Path.of("");

    /** The pyc has the code of the other release, and was refuted without it. The store and the index know that. */
    @BeforeEach
    void refuteTheCodeOfAnotherRelease() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        index = directory.resolve("index");
        other = OtherRelease.of(PYTHON, directory);
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        Path pyc = CompiledModule.pyc(lib);
        Files.write(pyc, List.of("broken"));
        assertThat(run("repair", "--index", directory.resolve("maker"), "--python", other, lib)
                        .out())
                .contains("recompiled: 1");
        SettledRefresh.run(index, lib);
        assertThat(verify(PYTHON.executable())).contains(IMPOSTOR, "\"reason\":\"code\"");
        refresh();
        assertThat(audit()).contains(IMPOSTOR, "\"reason\":\"code\"");
        assertThat(CompiledModule.value(lib)).isEqualTo("first");
    }

    @Test
    void aVerificationWithTheReleaseRestoresThePair() throws Exception {
        assertThat(verify(other)).contains(FRESH, RECOMPILED);

        assertThat(audit()).contains(FRESH);
        assertThat(run("audit", "--index", index, "--fail-on", "any", lib).code())
                .isZero();
        assertThat(verify(PYTHON.executable())).contains(FRESH, RECOMPILED); // nothing is compiled again

        refresh();
        for (Path file : proofFiles()) {
            Files.delete(file);
        }
        assertThat(audit()).contains(FRESH); // the index has taken the proof
    }

    @Test
    void aVerificationWithoutTheReleaseChangesNothing() {
        assertThat(verify(PYTHON.executable())).contains(IMPOSTOR);
        assertThat(audit()).contains(IMPOSTOR);
    }

    /** A copy without its mtime, which no interpreter loads, has the same two contents. */
    @Test
    void aRestoredPairIsProvenInCopies() throws Exception {
        Path copy = CompiledModule.copyWithoutTimes(lib);
        assertThat(run("audit", "--index", index, copy).out()).contains("1 stale");

        verify(other);

        assertThat(run("audit", "--index", index, copy).out()).contains("1 needless");
    }

    /** Also where the store has lost the refutation, so that only the index knows it. */
    @Test
    void aProofOfAnotherMachineRestoresNothing() throws Exception {
        Path machine = directory.resolve("machine");
        Path proofs = directory.resolve("build.proofs");
        run("audit", "--verify", "--python", PYTHON.executable(), "--index", machine, lib);
        run("audit", "--verify", "--python", other, "--index", machine, lib);
        run("proofs", "export", "--index", machine, proofs);
        assertThat(run("proofs", "stats", proofs).out()).contains("1 proof", "recompiled: 1");

        run("proofs", "import", "--index", index, proofs);
        assertThat(audit()).contains(IMPOSTOR);
        refresh();
        assertThat(audit()).contains(IMPOSTOR);

        for (Path file : proofFiles()) {
            Files.delete(file);
        }
        run("proofs", "import", "--index", index, proofs);
        assertThat(audit()).contains(IMPOSTOR);
        refresh();
        assertThat(audit()).contains(IMPOSTOR);
        assertThat(verify(PYTHON.executable())).contains(IMPOSTOR);
        assertThat(verify(other)).contains(FRESH);
        assertThat(audit()).contains(FRESH);
    }

    @Test
    void aRepairWithTheReleaseKeepsTheBodyAndRestoresThePair() throws Exception {
        byte[] before = Files.readAllBytes(CompiledModule.pyc(lib));
        Path copy = CompiledModule.copyWithoutTimes(lib);

        assertThat(run("repair", "--index", index, "--python", other, lib).out())
                .contains("recompiled: 0");

        assertThat(Files.readAllBytes(CompiledModule.pyc(lib))).isEqualTo(before);
        assertThat(audit()).contains(FRESH);
        assertThat(run("audit", "--index", index, copy).out()).contains("1 needless");
    }

    /** The repair makes the very body that was refuted. While the source is too young to be sure of, a repair restores nothing. */
    @Test
    void aRepairThatMakesARefutedBodyRestoresThePair() throws Exception {
        byte[] before = Files.readAllBytes(CompiledModule.pyc(lib));

        for (int i = 0; i < MOST_REPAIRS && !audit().contains(FRESH); i++) {
            Files.write(CompiledModule.pyc(lib), List.of("broken"));
            run("repair", "--index", index, "--python", other, lib);
        }

        assertThat(Files.readAllBytes(CompiledModule.pyc(lib))).isEqualTo(before);
        assertThat(audit()).contains(FRESH);
    }

    /** No interpreter loads the copy, but its verdict accuses the pair in every place. */
    @Test
    void aNeedlessCopyIsComparedWithEveryRelease() throws Exception {
        CompiledModule.assumeProven(lib);
        Path unbiased = directory.resolve("unbiased");
        SettledRefresh.run(unbiased, lib);
        Path copy = CompiledModule.copyWithoutTimes(lib);
        assertThat(run("audit", "--index", unbiased, copy).out()).contains("1 needless");

        assertThat(run(
                                "audit",
                                "--verify",
                                "--index",
                                unbiased,
                                "--python",
                                PYTHON.executable(),
                                "--python",
                                other,
                                copy)
                        .out())
                .contains("1 needless");

        assertThat(run("proofs", "stats", "--index", unbiased).out()).doesNotContain("refuted");
    }

    /** Planted code is refuted whatever release compares it. */
    @Test
    void wrongCodeStaysRefuted() throws Exception {
        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");

        assertThat(verify(other)).contains(IMPOSTOR);
        assertThat(verify(other, PYTHON.executable())).contains(IMPOSTOR);
        assertThat(audit()).contains(IMPOSTOR);
        assertThat(run("repair", "--index", index, "--python", other, lib).out())
                .contains("recompiled: 1");
        assertThat(CompiledModule.value(lib)).isEqualTo("first");
    }

    private String verify(Path... pythons) {
        return run(Stream.concat(
                                Stream.of("audit", "--verify", "--all", "--format", "jsonl", "--index", index, lib),
                                Stream.of(pythons).flatMap(python -> Stream.of("--python", python)))
                        .toArray())
                .out();
    }

    private String audit() {
        return run("audit", "--all", "--format", "jsonl", "--index", index, lib).out();
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err()).isLessThan(2);
        return run;
    }

    /** The clock of the last refresh was ahead, so the proofs get a later time. */
    private void refresh() throws Exception {
        for (Path file : proofFiles()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(2))));
        }
        SettledRefresh.run(index, lib);
    }

    private List<Path> proofFiles() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.toString().endsWith(".table")).toList();
        }
    }
}
