package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit --verify} believes nothing but the code that a real interpreter compiles from the source. */
@EnabledOnOs(OS.LINUX)
class VerifyTest {

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void compileAModule() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        index = directory.resolve("index");
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
    }

    /** Before a compilation, the interpreter is started in isolated mode. A proof makes the second start needless. */
    @Test
    void rightCodeIsConfirmedAndItsProofIsKept() throws Exception {
        Path starts = directory.resolve("starts");
        Path python = Shell.writeScript(
                directory.resolve("python"),
                "#!/bin/sh\necho \"$1\" >>'" + starts + "'\nexec '"
                        + PYTHON.launcher().wrapper(directory, "", List.of()) + "' \"$@\"\n");

        for (int run = 0; run < 2; run++) {
            assertThat(verify("--python", python).out())
                    .contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\"");
            assertThat(CommandLineRun.of("proofs", "stats", "--index", index).out())
                    .contains("recompiled: 1");
            assertThat(Files.readAllLines(starts)).containsOnlyOnce("-I");
        }
    }

    /** The index has the digests of unchanged files. A file that has changed since is read and compared. */
    @Test
    void aFileThatChangedSinceTheIndexRecordedItIsComparedAgain() throws Exception {
        SettledRefresh.run(index, lib);
        assertThat(verify().out()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\"");
        CompiledModule.plant(pyc(), "first", "wrong");

        assertThat(verify().out()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    /** A verification compiles a pair that a refresh has proven by its header, and records the stronger proof. */
    @Test
    void aVerificationReplacesAProofByHeader() throws Exception {
        SettledRefresh.run(index, lib);
        assertThat(CommandLineRun.of("proofs", "stats", "--index", index).out()).contains("header: 1");

        assertThat(verify().code()).isZero();

        assertThat(CommandLineRun.of("proofs", "stats", "--index", index).out())
                .contains("recompiled: 1")
                .doesNotContain("header:");
    }

    /** Code is planted beside a harmless source, under a header that every other check believes. */
    @Test
    void plantedCodeUnderARightHashIsFound() throws Exception {
        repair("--to", "unchecked-hash");
        byte[] planted = Files.readAllBytes(pyc());
        Files.write(pyc(), latin(new String(planted, StandardCharsets.ISO_8859_1).replace("first", "wrong")));
        assertThat(CommandLineRun.of("audit", "--no-index", "--fail-on", "any", lib)
                        .code())
                .as("the header has the hash of the source")
                .isZero();

        CommandLineRun verified = verify("--fail-on", "wrong");

        assertThat(verified.code()).isOne();
        assertThat(verified.out())
                .contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"", "\"evidence\":\"recompiled\"");
    }

    @Test
    void rightCodeWhoseSourceLostItsTimeIsNeedless() throws Exception {
        Files.setLastModifiedTime(lib.resolve("m0.py"), FileTime.fromMillis(0));
        assertThat(verify().out()).contains("\"verdict\":\"needless\"", "\"evidence\":\"recompiled\"");
    }

    @Test
    void aBodyThatCannotBeComparedDoesNotPass() throws Exception {
        repair("--to", "unchecked-hash");
        Files.writeString(lib.resolve("m0.py"), "VALUE = (\n");

        CommandLineRun verified = verify("--fail-on", "undecided");

        assertThat(verified.code()).isOne();
        assertThat(verified.out())
                .contains("\"verdict\":\"undecided\"", "\"interpreter\":\"loads\"", "\"reason\":\"does-not-compile\"");
    }

    @Test
    void bytecodeWithoutASourceIsNotVerified() throws Exception {
        Files.move(pyc(), lib.resolve("m0.pyc"));
        Files.delete(lib.resolve("m0.py"));

        assertThat(verify("--python", PYTHON.executable()).out())
                .contains("\"verdict\":\"undecided\"", "\"reason\":\"no-source\"");
    }

    @Test
    void withoutAnIndexNothingIsWritten() {
        CommandLineRun run = CommandLineRun.of(
                "audit", "--verify", "--no-index", "--index", index, "--all", "--format", "jsonl", lib);

        assertThat(run.out()).contains("\"evidence\":\"recompiled\"");
        assertThat(index).doesNotExist();
    }

    /**
     * Only a verification finds planted code. The command that the report suggests repairs the file, and {@code
     * explain} suggests the same command.
     */
    @Test
    void theSuggestedCommandRepairsPlantedCodeAndExplainFindsIt() throws Exception {
        repair("--to", "checked-hash");
        CompiledModule.plant(pyc(), "first", "wrong");
        CommandLineRun audit = CommandLineRun.of("audit", "--verify", "--index", index, lib);
        String next = "freshpyc repair --index " + index + " --require recompiled " + lib;
        assertThat(audit.out())
                .contains("Next: " + next, "'freshpyc explain --verify FILE' explains")
                .doesNotContain("bodies were not read");
        assertThat(CommandLineRun.of("explain", "--verify", "--index", index, lib.resolve("m0.py"))
                        .out())
                .contains("impostor (code)", "  " + next);

        CommandLineRun repaired =
                CommandLineRun.of("repair", "--index", index, "--require", "recompiled", lib, "--format", "jsonl");

        assertThat(repaired.out()).contains("\"outcome\":\"recompiled\"");
        assertThat(verify().out()).contains("\"verdict\":\"fresh\"");
    }

    /** If the code is right, a repair writes nothing, whatever the kind of the header. */
    @Test
    void aFreshFileWithRightCodeIsLeftAsItIs() throws Exception {
        for (String header : List.of("checked-hash", "unchecked-hash", "timestamp")) {
            repair("--to", header);
            byte[] before = Files.readAllBytes(pyc());

            CommandLineRun run = CommandLineRun.of("repair", "--index", index, "--require", "recompiled", lib);

            assertThat(run.out()).as(header).contains("restamped: 0, recompiled: 0; 1 as-wanted");
            assertThat(Files.readAllBytes(pyc())).as(header).isEqualTo(before);
        }
    }

    private CommandLineRun verify(Object... more) {
        return CommandLineRun.of("audit", "--verify", "--index", index, "--all", "--format", "jsonl", lib, more);
    }

    private void repair(Object... words) {
        CommandLineRun run = CommandLineRun.of("repair", "--index", directory.resolve("repair"), lib, words);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path pyc() throws IOException {
        return CompiledModule.pyc(lib);
    }
}
