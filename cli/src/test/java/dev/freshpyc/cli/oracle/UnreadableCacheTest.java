package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code audit --user} finds bytecode that the user may not read, so that an interpreter of this user compiles the
 * source again.
 */
@EnabledOnOs(OS.LINUX)
class UnreadableCacheTest {

    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private Path cache = Path.of("");
    private Path pyc = Path.of("");
    private final Interpreter python = Interpreters.required("cpython 3.11");

    @BeforeEach
    void compile() throws Exception {
        assumeTrue(Shell.isRoot(), "NOT RUN: only root can become another user");
        assumeTrue(
                Shell.succeeds(command().toArray()),
                "NOT RUN: no setpriv, or another user cannot start the interpreter");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        lib = Files.createDirectory(directory.toRealPath().resolve("lib"));
        Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(lib.resolve("m.py"), "VALUE = 1\n");
        python.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
        cache = lib.resolve("__pycache__");
        pyc = cache.resolve("m.cpython-311.pyc");
    }

    @ParameterizedTest
    @CsvSource({
        "rwxr-xr-x, rw-r--r--, 0",
        "rwxr-xr-x, rw-------, 0",
        "rwxr-xr-x, rw-r-----, 0",
        "rwxr-xr-x, rw-r-----, 65534",
        "rwxr-xr-x, rw----r--, 65534",
        "rwx------, rw-r--r--, 0",
        "rwx--x--x, rw-r--r--, 0",
        "rwxr--r--, rw-r--r--, 0",
        "rwx--x---, rw-r--r--, 65534",
        "rwx-----x, rw-r--r--, 65534"
    })
    void theFindingAgreesWithTheInterpreter(String directoryMode, String fileMode, int group) throws Exception {
        Files.setPosixFilePermissions(pyc, PosixFilePermissions.fromString(fileMode));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(directoryMode));
        Files.setAttribute(pyc, "unix:gid", group);
        Files.setAttribute(cache, "unix:gid", group);

        boolean loads = loads();

        for (String name : List.of("nobody", NOBODY)) {
            CommandLineRun run = audit("json", name);
            assertThat(run.code()).isEqualTo(loads ? 0 : 1);
            assertThat(run.out().contains("\"unreadable_to_others\":{\"__pycache__"))
                    .as(run.out())
                    .isEqualTo(!loads);
        }
    }

    /** The group of {@code nobody} has the number 65534, too; 12345 is a user and a group that nobody is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pyc|600|u:65534:r",
                "pyc|644|u:65534:-",
                "pyc|600|u:65534:r,m::-",
                "pyc|600|u:65534:r,m::w",
                "pyc|600|g:65534:r",
                "pyc|644|g:65534:-",
                "pyc|600|g:65534:r,m::-",
                "pyc|644|u:12345:-",
                "pyc|644|g:12345:-",
                "pyc|600|u:12345:r,g:12345:r",
                "pyc|600|u:65534:-,g:65534:r",
                "cache|700|u:65534:x",
                "cache|755|u:65534:r",
                "cache|700|g:65534:x,m::r",
                "lib|700|u:65534:rx",
                "lib|700|g:65534:rx"
            })
    void anAccessControlListCounts(String place, String mode, String list) throws Exception {
        Shell.require("setfacl");
        Path file = place.equals("pyc") ? pyc : place.equals("cache") ? cache : lib;
        Shell.run("chmod", mode, file);
        assumeTrue(Shell.succeeds("setfacl", "-m", list, file), "NOT RUN: the file system has no access control lists");

        assertThat(audit("json", "nobody").out().contains("\"unreadable_to_others\":{"))
                .isEqualTo(!loads());
    }

    /** The entry of the owning group limits its members more than the mode, whose bits for the group are the mask. */
    @ParameterizedTest
    @CsvSource({"r, true", "-, false"})
    void theOwningGroupHasItsOwnEntry(String rights, boolean readable) throws Exception {
        Shell.require("setfacl");
        Files.setAttribute(pyc, "unix:gid", 65534);
        assumeTrue(
                Shell.succeeds("setfacl", "-m", "u:12345:r,g::" + rights + ",o::r", pyc),
                "NOT RUN: the file system has no access control lists");

        assertThat(loads()).isEqualTo(readable);
        assertThat(audit("json", "nobody").out().contains("\"unreadable_to_others\":{"))
                .isEqualTo(!readable);
    }

    @Test
    void theClosedDirectoryOrFileIsReported() throws IOException {
        assertThat(audit("text", "other").out()).doesNotContain("unreadable");

        Files.setPosixFilePermissions(pyc, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(audit("text", "other").out())
                .contains(
                        "unreadable-to-others: the user cannot read 1 pyc", "    __pycache__/m.cpython-311.pyc: 1 pyc");
        assertThat(audit("text", "root").out()).doesNotContain("unreadable");

        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
        assertThat(audit("text", "other").out()).contains("    __pycache__: 1 pyc");
        assertThat(audit("json", "other").out()).contains("\"unreadable_to_others\":{\"__pycache__\":1}");
        assertThat(CommandLineRun.of("audit", "--no-index", lib).out())
                .as("without --user")
                .doesNotContain("unreadable");
    }

    /** A report of a failed run tells why it failed, in every format. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text|    __pycache__: 1 pyc",
                "json|\"unreadable_to_others\":{\"__pycache__\":1}",
                "jsonl|{\"source\":null,\"pyc\":\"__pycache__\",",
                "jsonl|\"verdict\":\"unreadable-to-others\",",
                "jsonl|,\"pycs\":1}",
                "sarif|\"ruleId\":\"unreadable-to-others\",\"level\":\"warning\"",
                "sarif|{\"id\":\"unreadable-to-others\",\"name\":\"UnreadableToOthers\"",
                "junit|<testcase name=\"__pycache__\"",
                "junit|<failure message=\"unreadable-to-others\" type=\"unreadable-to-others\">__pycache__ is",
                "junit|failures=\"1\"",
                "github|__pycache__,line=1,title=unreadable-to-others::__pycache__ is unreadable-to-others: the user cannot",
                "html|1 of 1 bytecode file cannot be read by the user",
                "html|/__pycache__</code></th><td class=\"n\">1</td>"
            })
    void everyFormatNamesTheCause(String format, String text) throws IOException {
        assertThat(audit(format, "other").out()).doesNotContain("unreadable-to-others");

        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));

        CommandLineRun run = audit(format, "other");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains(text);
    }

    /** A comparison with an earlier audit is about the verdicts on the files. */
    @Test
    void anEarlierReportWithAClosedDirectoryIsNoFinding() throws IOException {
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
        Path earlier = Files.writeString(
                directory.resolve("earlier.jsonl"), audit("jsonl", "other").out());

        assertThat(CommandLineRun.of("audit", "--no-index", "--user", "other", "--diff", earlier, lib)
                        .out())
                .contains("0 new, 0 changed, 0 fixed, 0 as before.");
    }

    /**
     * The user cannot enter the closed directory, so no source there is compiled again, but no module can be imported
     * either.
     */
    @Test
    void aClosedDirectoryAboveTheCacheIsReported() throws IOException {
        Path inner = Files.createDirectories(lib.resolve("closed/inner"));
        Files.writeString(inner.resolve("k.py"), "");
        python.launcher().run("modules.py", List.of(), List.of("compile", inner.toString()));
        Files.setPosixFilePermissions(lib.resolve("closed"), PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(audit("json", "other").out()).contains("\"unreadable_to_others\":{\"closed\":1}");
        assertThat(audit("json", "root").out()).doesNotContain("unreadable_to_others");

        Path above = directory.toRealPath();
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx------"));
        CommandLineRun run = audit("json", "other");
        assertThat(run.out()).contains("\"unreadable_to_others\":{\"" + above + "\":2}");
        assertThat(run.code()).isEqualTo(1);
    }

    /**
     * The user can read the sources, but cannot reach their cache under the prefix, and so compiles them at every
     * start.
     */
    @Test
    void aClosedDirectoryAboveACachePrefixIsReported() throws Exception {
        Path closed = lib.resolveSibling("private");
        Path prefix = Files.createDirectories(closed.resolve("prefix"));
        Path mirrored = Files.createDirectories(Path.of(prefix.toString() + lib));
        Files.move(pyc, mirrored.resolve(pyc.getFileName()));
        pyc = mirrored.resolve(pyc.getFileName());
        for (String mode : List.of("rwxr-xr-x", "rwx------")) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
            boolean loads = loads("-X", "pycache_prefix=" + prefix);

            CommandLineRun run = CommandLineRun.of(
                    "audit", "--no-index", "--format", "json", "--user", "other", "--pycache-prefix", prefix, lib);

            assertThat(loads).isEqualTo(mode.endsWith("x"));
            assertThat(run.out().contains("\"unreadable_to_others\":{\"" + closed + "\":1}"))
                    .as(run.out())
                    .isEqualTo(!loads);
        }
    }

    @Test
    void anUnknownUserIsRefused() {
        assertThat(CommandLineRun.of("audit", "--no-index", "--user", "no one", lib)
                        .complaint(2))
                .contains("--user no one: /etc/passwd has no such user");
    }

    private CommandLineRun audit(String format, String user) {
        return CommandLineRun.of(
                "audit", "--no-index", "--format", format, "--user", user, "--fail-on", "unreadable-to-others", lib);
    }

    /** Whether the interpreter of another user loads the bytecode. */
    private boolean loads(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of(
                "-v", "-c", "import sys; sys.path.insert(0, '" + lib + "'); import m; print('VALUE', m.VALUE)"));
        ProcessBuilder process = new ProcessBuilder(command(words.toArray(String[]::new))).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(python.launcher().environment());
        Process started = process.start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(output).isZero();
        assertThat(output).contains("VALUE 1");
        return output.contains("code object from '" + pyc + "'");
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                python.executable().toString(),
                "-S",
                "-B"));
        command.addAll(options.length == 0 ? List.of("-c", "") : List.of(options));
        return command;
    }
}
