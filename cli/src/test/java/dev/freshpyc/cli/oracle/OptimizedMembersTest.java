package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The {@code .pyo} members of archives, which Python 2.7 looks at after the {@code .pyc} members, and before them with {@code -O}. The
 * real 2.7 says which member an import takes.
 */
@EnabledOnOs(OS.LINUX)
class OptimizedMembersTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path archive = Path.of("");
    private final Interpreter python = Interpreters.assumed("cpython 2.7");

    @BeforeEach
    void nameTheArchive() throws IOException {
        archive = directory.toRealPath().resolve("lib.zip");
    }

    /** The answers for {@code m.pyc} without {@code -O} and for {@code m.pyo} with it, and the members that 2.7 then takes. */
    @ParameterizedTest
    @CsvSource({
        "right, right, m.py, loads, loads, m.pyc, m.pyo",
        "late, right, m.py, ignores, loads, m.pyo, m.pyo",
        "right, late, m.py, loads, ignores, m.pyc, m.pyc",
        "late, late, m.py, recompiles, recompiles, m.py, m.py",
        "late, late, , loads, loads, m.pyc, m.pyo",
        "foreign, right, , ignores, loads, m.pyo, m.pyo",
        "foreign, foreign, , fails, fails, ZipImportError, ZipImportError",
        "late, short, m.py, ignores, fails, ZipImportError, ZipImportError",
        "right, short, m.py, loads, fails, m.pyc, ZipImportError"
    })
    void theVerdictsSayWhatBothModesDo(
            String pyc, String pyo, String source, String plain, String optimized, String taken, String takenByO) {
        make(
                "-O",
                Stream.concat(
                                Stream.of("m.pyc=" + pyc, "m.pyo=" + pyo),
                                source == null ? Stream.of() : Stream.of("m.py=plain"))
                        .toArray(String[]::new));

        assertThat(loads()).isEqualTo(taken);
        assertThat(loads("-O")).isEqualTo(takenByO);

        List<String> lines = audit("--all", "--format", "jsonl").lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("\"pyc\":\"m.pyc\"", "\"opt\":\"\"", "\"interpreter\":\"" + plain + "\"");
        assertThat(lines.getLast())
                .contains("\"pyc\":\"m.pyo\"", "\"opt\":\"1\"", "\"interpreter\":\"" + optimized + "\"");
        if (plain.equals("ignores")) {
            assertThat(lines.getFirst()).contains("\"hider\":\"m.pyo\"");
        }
    }

    @Test
    void allCommandsCountTheMembers() throws Exception {
        make("-O", "m.py=plain", "m.pyc=right", "m.pyo=late", "lone.pyo=right");

        assertThat(audit().out()).contains("3 pycs: 1 fresh (1 unproven), 1 stale, 1 sourceless");
        assertThat(audit("--format", "json").out()).contains("\"pyc\":\"m.pyo\"");
        Path index = directory.resolve("index");
        SettledRefresh.run(index, archive);
        assertThat(CommandLineRun.of("refresh", "--index", index, archive).out())
                .contains("3 seen, 3 reused");
        assertThat(CommandLineRun.of("lookup", "--index", index, archive + "!/m.pyo")
                        .out())
                .contains("legacy opt-1  stale (mtime)");
        assertThat(CommandLineRun.of("lookup", "--index", index, archive + "!/m.py")
                        .out())
                .contains("legacy  fresh (match)", "legacy opt-1  stale (mtime)");
        assertThat(CommandLineRun.of("explain", "--index", index, "--python", python.executable(), archive + "!/m.pyo")
                        .out())
                .contains(
                        "read by   CPython 2.7 with -O, and every other",
                        "verdict   stale (mtime), evidence: header",
                        "import    rejects it: it imports " + archive + "!/m.pyc instead",
                        "To mend:\n  freshpyc repair --index " + index + " --python " + python.executable() + " "
                                + archive);
    }

    /** Python 3.5 and later look for no such member. */
    @Test
    void laterVersionsIgnoreTheMember() throws Exception {
        make("-O", "m.py=plain", "m.pyo=late", "lone.pyo=right");
        byte[] before = Files.readAllBytes(archive);
        Interpreter later = Interpreters.withFlags();

        assertThat(CommandLineRun.of("audit", "--no-index", "--python", later.executable(), archive)
                        .out())
                .contains("2 pycs: 2 orphaned", archive + "!/m.pyo: orphaned (unrequested-name)");
        CommandLineRun repaired = repair("--python", later.executable().toString());
        assertThat(repaired.out()).contains("restamped: 0, recompiled: 0");
        assertThat(repaired.code()).isZero();
        assertThat(Files.readAllBytes(archive)).isEqualTo(before);
    }

    /** The times are lost, so the repair compares the code with the code of both options, and writes only the header. */
    @ParameterizedTest
    @ValueSource(strings = {"-O", "-OO"})
    void codeOfEitherOptionIsKept(String option) {
        make(option, "m.py=documented", "m.pyo=late", "compiled=documented");
        assertThat(loads(option)).isEqualTo("m.py");

        assertThat(repair("--dry-run").out()).contains("would be compiled and compared: 1");
        assertThat(repair().out()).contains("restamped: 1, recompiled: 0");

        assertThat(loads(option)).isEqualTo("m.pyo");
        assertThat(repair("--check").code()).isZero();
    }

    /** New code that both options compile alike is written; other new code would be wrong for one of the options. */
    @Test
    void newCodeIsWrittenOnlyIfBothOptionsCompileItAlike() throws Exception {
        make("-O", "m.py=more", "m.pyo=late", "compiled=plain");
        assertThat(repair().out()).contains("restamped: 0, recompiled: 1");
        assertThat(loads("-O")).isEqualTo("m.pyo");

        make("-O", "m.py=other", "m.pyo=late", "compiled=documented");
        byte[] before = Files.readAllBytes(archive);
        CommandLineRun left = repair();
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.out())
                .contains("m.pyo  left: not-compiled (the name of a .pyo member does not tell -O from -OO");
        assertThat(Files.readAllBytes(archive)).isEqualTo(before);
    }

    /** The member is rejected, though the import loads another: the repair may not take its header for right. */
    @Test
    void aRejectedMemberGetsAHeaderThoughTheImportLoadsAnother() {
        make("-O", "m.py=plain", "m.pyc=late", "m.pyo=right");
        assertThat(loads()).isEqualTo("m.pyo");

        assertThat(repair().out()).contains("restamped: 1");

        assertThat(loads()).isEqualTo("m.pyc");
        assertThat(audit().out()).contains("2 pycs: 2 fresh");
    }

    private void make(String option, String... members) {
        script(
                List.of("-B", option),
                Stream.concat(Stream.of("make", archive.toString()), Stream.of(members))
                        .toList());
    }

    private String loads(String... options) {
        return String.join("\n", script(List.of(options), List.of("loads", archive.toString(), "m")));
    }

    private List<String> script(List<String> options, List<String> arguments) {
        return python.launcher().run("archive_pyo.py", options, arguments);
    }

    private CommandLineRun audit(String... options) {
        return CommandLineRun.of("audit", "--no-index", "--python", python.executable(), List.of(options), archive);
    }

    private CommandLineRun repair(String... options) {
        return CommandLineRun.of("repair", "--index", directory.resolve("repairs"), List.of(options), archive);
    }
}
