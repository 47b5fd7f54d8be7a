package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A {@code refresh} of an unwritable index prints one line on standard error, ends with exit code 3 and leaves the old
 * index unchanged. An {@code audit} still uses the old index.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: mounts and limits are Linux's")
@Timeout(120)
class UnwritablePlaceTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void theOldIndexIsUnchanged(UnwritablePlace place) throws Exception {
        assumeTrue(Privileges.allow(place.prefix()), () -> "NOT RUN: cannot start " + String.join(" ", place.prefix()));
        assumeTrue(place.isPossible(), () -> "NOT RUN: " + place + " cannot be made here");

        CommandLineRun scenario = ProgramProcess.run(
                ProgramProcess.of(place.prefix(), UnwritablePlaceScenario.class, place, directory), "");

        assertThat(scenario.err()).isEmpty();
        assertThat(scenario.code()).isZero();
    }

    @Test
    void anIndexDirectoryThatCannotBeMadeIsOneLineAndAuditStillRuns() throws Exception {
        assumeTrue(Privileges.allow(Privileges.NONE), "NOT RUN: root, and no setpriv");
        Path lib = Files.createDirectories(directory.resolve("lib"));
        new Pairs(lib).stale("a");
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

        unprivileged("refresh", "-q", "--index", closed.resolve("index"), lib).complaint(3);
        CommandLineRun audit = unprivileged("audit", "--index", closed.resolve("index"), lib);

        assertThat(closed).isEmptyDirectory();
        assertThat(audit.code()).isZero();
        assertThat(audit.out()).contains("1 stale");
        assertThat(audit.err()).isEmpty();
    }

    @Test
    void anUnreadableIndexIsOneLineAndAuditStillRuns() throws Exception {
        assumeTrue(Privileges.allow(Privileges.NONE), "NOT RUN: root, and no setpriv");
        Path lib = Files.createDirectories(directory.resolve("lib"));
        new Pairs(lib).stale("a");
        Path index = directory.resolve("index");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        try (var files = Files.list(index)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            }
        }

        CommandLineRun audit = unprivileged("audit", "--index", index, lib);

        assertThat(audit.out()).contains("1 stale");
        assertThat(audit.err()).hasLineCount(1).contains("without the index: cannot read ", ": permission denied");
        assertThat(unprivileged("audit", "-q", "--index", index, lib).err()).isEmpty();
        assertThat(unprivileged("lookup", "--index", index, lib.resolve("a.py")).complaint(3))
                .contains("cannot read ", ": permission denied");
    }

    private static CommandLineRun unprivileged(Object... words) throws IOException, InterruptedException {
        return ProgramProcess.run(ProgramProcess.ofProgram(List.copyOf(Privileges.NONE), words), "");
    }
}
