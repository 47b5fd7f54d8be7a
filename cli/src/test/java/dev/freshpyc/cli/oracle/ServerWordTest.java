package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.serve.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server tells wrong code of a source. A machine that names this server believes it; its word never becomes this machine's own
 * proof, so that no other server, and no other machine, hears it. Imports by a real interpreter show which code runs.
 */
@EnabledOnOs(OS.LINUX)
class ServerWordTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path tree = Path.of("");
    private Path index = Path.of("");
    private Optional<RunningService> liar = Optional.empty();
    private Optional<RunningService> other = Optional.empty();

    @BeforeEach
    void startAServerWithWrongCode() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        index = directory.resolve("index");
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        CompiledModule.plant(CompiledModule.pyc(lib), "first", "wrong");
        CompiledModule.assumeProven(lib);
        Path forger = directory.resolve("forger");
        SettledRefresh.run(forger, lib);
        liar = Optional.of(RunningService.ofEquivalences(directory.resolve("store"), Optional.empty(), false));
        other = Optional.of(RunningService.ofEquivalences(directory.resolve("store2"), Optional.empty(), false));
        assertThat(run("refresh", "--index", forger, "--equivalence", url(liar), lib)
                        .err())
                .contains("1 reported");
        tree = copyTo("tree");
    }

    @AfterEach
    void stopTheServers() {
        liar.ifPresent(RunningService::close);
        other.ifPresent(RunningService::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checked-hash", "timestamp"})
    void thePairThatOneServerVouchedForIsNotReportedToAnother(String mode) throws Exception {
        assertThat(run("repair", "--index", index, "--equivalence", url(liar), "--to", mode, tree)
                        .out())
                .contains("restamped: 1");
        assertEvidence("fresh", "equivalence");

        assertThat(run("refresh", "--index", index, "--equivalence", url(other), tree)
                        .err())
                .contains("0 reported");
        Path source = tree.resolve("m0.py");
        Files.setLastModifiedTime(
                source, Files.getLastModifiedTime(source)); // another ctime, so that both are read again
        assertThat(run("refresh", "--index", index, "--equivalence", url(other), tree)
                        .err())
                .contains("0 reported");
        assertEvidence("fresh", "equivalence");

        Path copy = copyTo("copy");
        Path otherIndex = directory.resolve("otherIndex");
        assertThat(run(
                                "repair",
                                "--index",
                                otherIndex,
                                "--equivalence",
                                url(other),
                                "--python",
                                PYTHON.executable(),
                                copy)
                        .out())
                .contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(copy)).isEqualTo("first");
        assertThat(requireIndex()).contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(tree)).isEqualTo("first");
    }

    @Test
    void theIndexKeepsTheWordOfAServerAsEquivalenceEvidence() throws Exception {
        run("refresh", "--index", index, "--equivalence", url(liar), tree);
        assertEvidence("needless", "equivalence");

        Files.setLastModifiedTime(tree.resolve("m0.py"), FileTime.fromMillis(1_700_000_000_000L));
        run("refresh", "--index", index, tree);

        assertEvidence("needless", "equivalence");
        assertThat(run("explain", "--index", index, tree.resolve("m0.py")).out())
                .contains("evidence: equivalence")
                .doesNotContain("evidence: index");
        assertThat(run("proofs", "stats", "--index", index).out()).contains("0 proofs");
        assertThat(requireIndex()).contains("restamped: 0, recompiled: 1");
        assertThat(CompiledModule.value(tree)).isEqualTo("first");
    }

    /** The source is another one for a while. The header still has the hash that the repair wrote. */
    @Test
    void theWordIsRememberedWhileTheSourceHasAnotherContent() throws Exception {
        run("repair", "--index", index, "--equivalence", url(liar), "--to", "checked-hash", tree);
        Path source = tree.resolve("m0.py");
        String text = Files.readString(source);
        Files.writeString(source, "VALUE = 'other'\n");
        run("refresh", "--index", index, tree);
        Files.writeString(source, text);

        run("refresh", "--index", index, "--equivalence", url(other), tree);

        assertEvidence("fresh", "equivalence");
    }

    private void assertEvidence(String verdict, String evidence) {
        assertThat(run("audit", "--index", index, "--all", "--format", "jsonl", tree)
                        .out())
                .contains("\"verdict\":\"" + verdict + "\"", "\"evidence\":\"" + evidence + "\"");
    }

    private String requireIndex() {
        return run("repair", "--require", "index", "--index", index, "--python", PYTHON.executable(), tree)
                .out();
    }

    private static String url(Optional<RunningService> service) {
        return service.orElseThrow().url().toString();
    }

    private Path copyTo(String name) throws IOException {
        Path target = lib.resolveSibling(name);
        try (Stream<Path> files = Files.walk(lib)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(lib.relativize(file).toString()));
            }
        }
        return target;
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err()).isLessThan(2);
        return run;
    }
}
