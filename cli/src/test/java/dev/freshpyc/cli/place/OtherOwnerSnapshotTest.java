package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that a user makes of a tree that belongs to root. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: setpriv is Linux's")
@Timeout(120)
class OtherOwnerSnapshotTest {

    private static final int USER = 54_321;

    @TempDir
    private Path directory;

    private Path lib;
    private Path pyc;
    private Path index;

    @BeforeEach
    void makeTree() throws Exception {
        assumeTrue(Shell.isRoot(), "NOT RUN: only root can become another user");
        assumeTrue(Privileges.allow(Privileges.NOBODY), "NOT RUN: no setpriv that grants ambient capabilities");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        lib = Files.createDirectory(directory.resolve("lib"));
        new Pairs(lib).stale("a").stale("b");
        pyc = lib.resolve("__pycache__/a.cpython-311.pyc");
        Files.setPosixFilePermissions(pyc, PosixFilePermissions.fromString("rwxrwxr--"));
        index = Files.createDirectory(directory.resolve("index"));
        Files.setAttribute(index, "unix:uid", USER);
        Files.setAttribute(index, "unix:gid", USER);
    }

    @Test
    void theCopiesBelongToTheUserAndGiveNobodyMoreAccess() throws Exception {
        CommandLineRun refresh = run("refresh", "-q", lib);
        assertThat(refresh.code()).isZero();
        assertThat(refresh.err()).isEmpty();

        CommandLineRun save = run("snapshot", "save", "one", lib);
        assertThat(save.code()).as(save.err()).isZero();
        assertThat(save.out()).contains("2 linked"); // to the copies of postinit
        try (Stream<Path> kept = Files.walk(index)) {
            assertThat(kept.filter(file -> file.resolveSibling("").endsWith("one/files")))
                    .hasSize(2)
                    .allSatisfy(file ->
                            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(USER))
                    .anySatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rwxr--r--"));
        }
    }

    @Test
    void aRollbackMakesAMissingFileAndLeavesAFileOfRoot() throws Exception {
        Path changed = lib.resolve("__pycache__/b.cpython-311.pyc");
        byte[] bytes = Files.readAllBytes(pyc);
        assertThat(run("snapshot", "save", "one", lib).code()).isZero();
        Files.setPosixFilePermissions(pyc.resolveSibling(""), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(pyc);
        Files.write(changed, new byte[] {1}, StandardOpenOption.APPEND);

        CommandLineRun rollback = run("snapshot", "rollback", "one", lib);

        assertThat(rollback.out()).contains("put back: 1, as then: 0, left: 1", changed + ": left: chown: EPERM");
        assertThat(pyc).hasBinaryContent(bytes);
        assertThat(Files.getAttribute(pyc, "unix:uid")).isEqualTo(USER);
        assertThat(Files.getAttribute(changed, "unix:uid")).isEqualTo(0);
    }

    private CommandLineRun run(Object... words) throws IOException, InterruptedException {
        ProcessBuilder process = ProgramProcess.ofProgram(Privileges.NOBODY, words);
        process.environment().put("FRESHPYC_INDEX", index.toString());
        return ProgramProcess.run(process, "");
    }
}
