package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.CompiledFile;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit --after TRANSPORT} reports the verdicts that a tree will have after a transport. */
class AuditAfterTest {

    private static final int CLAMPED = Pairs.MTIME - 1000;

    @TempDir
    Path directory = Path.of("");

    private Path lib = Path.of("");

    private Pairs tree() {
        return new Pairs(lib);
    }

    @BeforeEach
    void makeADirectory() throws Exception {
        lib = Files.createDirectory(directory.toRealPath().resolve("lib"));
    }

    @Test
    void theTextSaysThatItIsAForecastAndEndsWithTheRepairCommand() throws Exception {
        tree().fresh("a");

        CommandLineRun run = audit("--after", "git", "--fail-on", "stale,needless");

        assertThat(run.code()).isOne();
        assertThat(run.lines())
                .containsExactly(
                        "after git: what interpreters will do once this tree has been packed and",
                        "unpacked. Nothing was packed.",
                        lib.toString(),
                        "  1 pyc: 1 needless",
                        "  Compiled again at every start unless the interpreter can write the result: 6",
                        "  bytes of source.",
                        "",
                        "  The costliest of 1 directory with findings:",
                        "",
                        "  .: 1 needless, 6 bytes of source",
                        lib + "/a.py:1: needless (mtime): a.cpython-311.pyc",
                        "",
                        "1 pyc judged, 1 finding.",
                        "--format jsonl lists all findings; 'freshpyc explain FILE' explains one file.",
                        "To make the tree survive git: freshpyc repair --to checked-hash --index " + index() + " "
                                + lib);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aTreeThatSurvivesNeedsNoCommand() throws Exception {
        tree().fresh("a");

        CommandLineRun run = audit("--after", "tar", "--fail-on", "any");

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "after tar: what interpreters will do once this tree has been packed and",
                        "unpacked. Nothing was packed.",
                        lib.toString(),
                        "  1 pyc: 1 fresh",
                        "",
                        "1 pyc judged, 0 findings.",
                        "1 pyc loads by its header; the bodies were not read. --deep reads them and finds",
                        "those that fail.");
    }

    @Test
    void theCommandNamesTheHeadersThatSurvive() throws Exception {
        tree().fresh("a");

        assertThat(audit("--after", "ostree").out()).contains("freshpyc repair --to unchecked-hash --index ");
        assertThat(audit("--after", "touch").out()).contains("freshpyc repair --to checked-hash --index ");
        assertThat(audit("--after", "clamp=" + CLAMPED).out())
                .contains("freshpyc repair --to timestamp --clamp-mtime=" + CLAMPED + " --index ");
    }

    @Test
    void jsonNamesTheTransport() throws Exception {
        tree().fresh("a");

        assertThat(audit("--after", "clamp=" + CLAMPED, "--format", "jsonl").out())
                .startsWith("{\"source\":\"a.py\"")
                .contains("\"verdict\":\"needless\",\"interpreter\":\"recompiles\",\"reason\":\"mtime\"")
                .endsWith(",\"after\":\"clamp=" + CLAMPED + "\"}\n");
        assertThat(audit("--after", "zip", "--format", "json").out())
                .startsWith("{\"tool\":\"freshpyc\",\"version\":\"")
                .contains("\",\"after\":\"zip\",\"findings\":[]");
        assertThat(audit("--format", "json").out()).doesNotContain("\"after\"");
        assertThat(audit("--format", "jsonl", "--all").out()).doesNotContain("\"after\"");
    }

    /** The {@code timestamps} member describes the mtimes on disk, not the mtimes after the transport. */
    @Test
    void theJsonTimestampsDescribeTheMtimesOnDisk() throws Exception {
        for (int i = 0; i < 12; i++) {
            tree().fresh("m" + i);
        }

        String today = audit("--format", "json").out();
        String then = audit("--after", "touch", "--format", "json").out();

        assertThat(then).contains("\"needless\":12");
        assertThat(then.substring(then.indexOf("\"timestamps\":")))
                .isEqualTo(today.substring(today.indexOf("\"timestamps\":")));
    }

    @Test
    void aPairWithoutAProofIsStale() throws Exception {
        tree().fresh("a");
        Files.setLastModifiedTime(lib.resolve("a.py"), FileTime.fromMillis(Pairs.MTIME * 1000L)); // a later ctime

        assertThat(audit("--after", "git").out()).contains("1 pyc: 1 stale");
    }

    @Test
    void aProofInTheIndexMakesThePairNeedless() throws Exception {
        tree().fresh("a");
        SettledRefresh.run(index(), lib);
        Files.setLastModifiedTime(lib.resolve("a.py"), FileTime.fromMillis(Pairs.MTIME * 1000L));

        assertThat(audit("--after", "git", "--format", "jsonl").out())
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    /**
     * Both pairs are unchanged since the index recorded their verdicts, so the forecast starts from the recorded
     * verdicts. The two bodies differ, so that a proof of the first body does not prove the second.
     */
    @Test
    void aForecastStartsFromRecordedVerdicts() throws Exception {
        tree().fresh("a").pair("b", Pairs.header(3495, 0, Pairs.MTIME - 9, 6), (byte) 0xe3, (byte) 0);
        SettledRefresh.run(index(), lib);

        assertThat(audit("--all", "--format", "jsonl").out())
                .contains("\"verdict\":\"fresh\"", "\"verdict\":\"stale\"");
        assertThat(audit("--after", "touch").out()).contains("2 pycs: 1 needless, 1 stale");
        assertThat(audit("--after", "clamp=" + (Pairs.MTIME - 9)).out()).contains("2 pycs: 1 needless, 1 impostor");
    }

    /**
     * The header of the old pyc has the clamped mtime: the interpreter rejects the pyc now and loads it after the
     * transport.
     */
    @Test
    void anOldPycThatClampedTimesMakeMatchIsAnImpostor() throws Exception {
        oldPyc();
        assertThat(audit().out()).contains("1 pyc: 1 stale");

        CommandLineRun run = audit("--after", "clamp=" + CLAMPED, "--fail-on", "wrong");

        assertThat(run.code()).isOne();
        assertThat(run.out()).contains("1 pyc: 1 impostor", "a.py:1: impostor (mtime)");
    }

    @Test
    void theIndexDecidesWhetherAnOldPycBecomesFreshOrAnImpostor() throws Exception {
        oldPyc();
        Files.setLastModifiedTime(lib.resolve("a.py"), FileTime.fromMillis(CLAMPED * 1000L));
        rewritePyc();
        SettledRefresh.run(index(), lib);
        Files.setLastModifiedTime(lib.resolve("a.py"), FileTime.fromMillis(Pairs.MTIME * 1000L));
        assertThat(audit("--after", "clamp=" + CLAMPED, "--all", "--format", "jsonl")
                        .out())
                .as("the source is the one that was compiled")
                .contains(
                        "\"verdict\":\"fresh\",\"interpreter\":\"loads\",\"reason\":\"match\",\"evidence\":\"index\"");

        Files.writeString(lib.resolve("a.py"), "x = 2\n");
        assertThat(audit("--after", "clamp=" + CLAMPED, "--format", "jsonl").out())
                .contains(
                        "\"verdict\":\"impostor\",\"interpreter\":\"loads\",\"reason\":\"content\",\"evidence\":\"index\"");
    }

    @Test
    void aBadBodyIsFatalWhereItsHeaderWillMatch() throws Exception {
        tree().pair("a", Pairs.header(3495, 0, CLAMPED, 6), (byte) 0);

        assertThat(audit("--after", "clamp=" + CLAMPED).out()).contains("1 fatal", "fatal (not-code)");
    }

    @Test
    void bytecodeOfAnInterpreterWithoutHashHeadersCannotBeSaved() throws Exception {
        tree().source("a.py");
        byte[] header = {0x33, 0x0d, 0x0d, 0x0a, 0, (byte) 0xf1, 0x53, 0x65, 6, 0, 0, 0};
        tree().file("__pycache__/a.cpython-36.pyc", header, (byte) 0xe3);

        assertThat(audit("--all", "--format", "jsonl").out()).contains("\"interpreter\":\"loads\"");
        assertThat(audit("--after", "touch").out())
                .contains(
                        "1 pyc cannot be saved by a hash: the interpreter has no hash-based bytecode, or\nan unknown hash.");
        assertThat(audit("--after", "clamp=" + CLAMPED).out()).doesNotContain("cannot be saved");
    }

    private void oldPyc() throws Exception {
        tree().pair("a", Pairs.header(3495, 0, CLAMPED, 6), (byte) 0xe3);
    }

    /** Writes the pyc again, so that the pyc is created after the last change of its source. */
    private void rewritePyc() throws Exception {
        Path pyc = lib.resolve(Pairs.cached("a"));
        byte[] bytes = Files.readAllBytes(pyc);
        CompiledFile.write(lib.resolve("a.py"), pyc, bytes);
    }

    private Path index() {
        return directory.resolve("index");
    }

    private CommandLineRun audit(Object... options) {
        return CommandLineRun.of("audit", "--index", index(), options, lib);
    }
}
