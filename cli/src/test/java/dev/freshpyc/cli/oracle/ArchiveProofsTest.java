package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A proof about a member of an archive also holds for a copy of the member, whatever the times of the copy are. */
@EnabledOnOs(OS.LINUX)
class ArchiveProofsTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path archive = Path.of("");
    private Path copy = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void setPaths() throws Exception {
        Path real = directory.toRealPath();
        archive = real.resolve("lib.zip");
        copy = real.resolve("copy.zip");
        index = real.resolve("index");
    }

    /** Runs {@code archive_pair.py}. */
    private static void pair(Object... words) {
        PYTHON.launcher()
                .run(
                        "archive_pair.py",
                        List.of(),
                        List.of(words).stream().map(Object::toString).toList());
    }

    private CommandLineRun run(String command, Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = command;
        all[1] = "--index";
        all[2] = index;
        System.arraycopy(words, 0, all, 3, words.length);
        return CommandLineRun.of(all);
    }

    @Test
    void aMemberThatARefreshComparedIsProvenInACopyWithoutTimes() {
        pair("make", archive, 0, "right");
        assertThat(run("refresh", "--prove", archive).out()).contains("compiled and compared: 1 proven");
        assertCopyIsProven();
    }

    @Test
    void aMemberThatARepairRecompiledIsProvenInACopyWithoutTimes() {
        pair("make", archive, 0, "wrong");
        assertThat(run("repair", "--to", "timestamp", archive).out()).contains("recompiled: 1");
        assertCopyIsProven();
    }

    @Test
    void aMemberWhoseCodeARepairFoundEqualIsProvenInACopyWithoutTimes() {
        pair("make", archive, 0, "late");
        assertThat(run("repair", "--to", "timestamp", archive).out()).contains("restamped: 1");
        assertCopyIsProven();
    }

    /** The body that the interpreter loaded is other code: nobody believes it any more, not even behind a right hash. */
    @Test
    void aBodyThatARepairReplacedIsRefutedInOtherArchives() {
        pair("make", archive, 0, "impostor");
        pair("make", copy, 0, "sealed");
        assertThat(run("repair", "--dry-run", "--to", "unchecked-hash", copy).out())
                .contains("1 as-wanted");

        assertThat(run("repair", "--require", "recompiled", archive).out()).contains("recompiled: 1");

        assertThat(run("proofs", "stats").out()).contains("refuted by compiling: 1");
        assertThat(run("repair", "--to", "unchecked-hash", copy).out()).contains("restamped: 0, recompiled: 1");
    }

    /** A stale body is expected to be other code, and nobody believes it. */
    @Test
    void aStaleBodyThatARepairReplacedIsNotKeptAsRefuted() {
        pair("make", archive, 0, "wrong");

        run("repair", "--to", "timestamp", archive);

        assertThat(run("proofs", "stats").out()).doesNotContain("refuted by compiling");
    }

    private void assertCopyIsProven() {
        pair("copy", archive, copy);
        assertThat(CommandLineRun.of("audit", "--no-index", copy).out()).contains("1 stale");
        assertThat(run("audit", "--format", "jsonl", copy).out())
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"proof\"");
        assertThat(run("explain", copy + "!/m.pyc").out())
                .contains("evidence: proof, the same two contents were proven (recompiled) in " + archive);
        assertThat(run("repair", "--format", "json", copy).out()).contains("\"restamped\":1", "\"recompiled\":0");
    }

    @Test
    void aCopyWithAnotherBodyIsNotProven() {
        pair("make", archive, 0, "right");
        run("refresh", "-q", "--prove", archive);
        pair("make", copy, 0, "wrong");
        assertThat(run("audit", "--format", "jsonl", "--all", copy).out()).doesNotContain("proof");
    }

    /** The name of a member tells no optimization level, so code that {@code -OO} makes must not count as wrong. */
    @Test
    void codeOfAnotherOptimizationLevelDoesNotCountAsWrong() {
        pair("make", archive, 2, "right");
        assertThat(run("refresh", "--prove", archive).out())
                .contains("0 proven, 0 wrong", "1 not compared (the code of another level of optimization)");
        assertThat(run("audit", "--verify", "--format", "jsonl", "--all", archive)
                        .out())
                .contains("\"verdict\":\"undecided\"", "incomparable");
    }

    /** A proof names an optimization level, and the name of a member tells none. */
    @Test
    void aRightHashInAnArchiveIsNoProofForFiles() throws Exception {
        pair("make", archive, 2, "hash");
        run("refresh", "-q", archive);
        Thread.sleep(Duration.ofMillis(2200)); // until the archive is older than the racy window
        assertThat(run("refresh", archive).out()).contains("1 fresh");
        Path files = Files.createDirectory(directory.resolve("files"));
        pair("unpack", archive, files);
        assertThat(run("audit", "--format", "jsonl", "--all", files).out())
                .contains("m.cpython-")
                .doesNotContain("\"evidence\":\"proof\"");
    }
}
