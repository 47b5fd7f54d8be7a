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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program never writes to the home directory of another user, even where {@code sudo} keeps {@code $HOME}. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: setpriv and unshare are Linux's")
@Timeout(60)
class HomeDirectoryTest {

    private static final int OTHER_USER = 12_345;

    @TempDir
    private Path directory;

    private Path home;
    private Path lib;

    @BeforeEach
    void makeHome() throws IOException {
        assumeTrue(Shell.isRoot(), "NOT RUN: only root can become another user");
        home = Files.createDirectory(directory.resolve("home"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        lib = Files.createDirectory(directory.resolve("lib"));
        new Pairs(lib).fresh("a");
    }

    @Test
    void nothingIsWrittenToTheHomeOfRoot() throws Exception {
        assumeTrue(Privileges.allow(Privileges.NOBODY), "NOT RUN: no setpriv that grants ambient capabilities");

        String line = refresh(Privileges.NOBODY).complaint(3);

        assertThat(line).contains("no directory for the index", "--index DIR");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aUserWritesToTheCacheInTheirOwnHome() throws Exception {
        assumeTrue(Privileges.allow(Privileges.NOBODY), "NOT RUN: no setpriv that grants ambient capabilities");
        Files.setAttribute(home, "unix:uid", 54_321);

        CommandLineRun run = refresh(Privileges.NOBODY);

        assertThat(run.code()).as(run.err()).isZero();
        try (Stream<Path> files = Files.list(home.resolve(".cache/freshpyc"))) {
            assertThat(files.map(Path::toString))
                    .anyMatch(file -> file.endsWith(".index"))
                    .anyMatch(file -> file.endsWith(".table"));
        }
    }

    /** A private mount hides the cache directory of the system from the tested process. */
    @Test
    void rootWritesToTheCacheOfTheSystem() throws Exception {
        assumeTrue(Privileges.allow(Privileges.OWN_MOUNTS), "NOT RUN: a process cannot have private mounts");
        assumeTrue(Files.isDirectory(Path.of("/var/cache")), "NOT RUN: no /var/cache");
        Files.setAttribute(home, "unix:uid", OTHER_USER);
        String script = "mount -t tmpfs tmpfs /var/cache && \"$@\" && ls /var/cache/freshpyc";

        CommandLineRun run = refresh(List.of("unshare", "--mount", "sh", "-c", script, "sh"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.endsWith(".index")).anyMatch(line -> line.endsWith(".table"));
        assertThat(home).isEmptyDirectory();
    }

    /**
     * Root refreshes an index of the system. Then another user reads the index, refreshes an index in the home
     * directory, and reads the second index.
     */
    @Test
    void theIndexOfTheSystemIsReadByEveryUser() throws Exception {
        assumeTrue(Privileges.allow(Privileges.OWN_MOUNTS), "NOT RUN: a process cannot have private mounts");
        assumeTrue(Privileges.allow(Privileges.NOBODY), "NOT RUN: no setpriv that grants ambient capabilities");
        assumeTrue(Files.isDirectory(Path.of("/var/cache")), "NOT RUN: no /var/cache");
        Files.setAttribute(home, "unix:uid", 54_321);
        String java = String.join(" ", ProgramProcess.ofProgram(List.of()).command());
        String nobody = String.join(" ", Privileges.NOBODY) + " " + java;
        String script = """
                set -e
                mount -t tmpfs tmpfs /var/cache
                HOME=/root %1$s refresh -q %3$s
                ls /var/cache/freshpyc > %4$s/before
                %2$s lookup %3$s/a.py
                %2$s status
                %2$s audit --all --format jsonl %3$s > %4$s/audited
                %2$s refresh -q %3$s
                ls /var/cache/freshpyc > %4$s/after
                %2$s lookup %3$s/a.py
                chown 54322 /var/cache/freshpyc
                rm -r %5$s/.cache
                %2$s lookup %3$s/a.py || echo "none: $?"
                """.formatted(java, nobody, lib, directory, home);
        ProcessBuilder process = new ProcessBuilder("unshare", "--mount", "sh", "-c", script);
        process.environment().put("HOME", home.toString());
        process.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "FRESHPYC_INDEX"));

        CommandLineRun run = ProgramProcess.run(process, "");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines().stream().filter(line -> line.contains("a.py: seen")))
                .as(run.out() + run.err())
                .hasSize(2);
        assertThat(run.out()).contains("none: 3", "generation 1, checked");
        assertThat(directory.resolve("after")).hasSameTextualContentAs(directory.resolve("before"));
        assertThat(home.resolve(".cache")).doesNotExist();
    }

    /** A plan writes no index, so it needs no place for one. */
    @ParameterizedTest
    @CsvSource({"repair --dry-run, 0", "repair --check, 1", "clean --dry-run, 0"})
    void aPlanNeedsNoPlaceForAnIndex(String command, int code) throws Exception {
        assumeTrue(Privileges.allow(Privileges.NOBODY), "NOT RUN: no setpriv that grants ambient capabilities");

        CommandLineRun run = run(Privileges.NOBODY, command);

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.out()).startsWith("1 seen");
        assertThat(run.err()).contains("no directory for the index", "This plan is made without an index");
        assertThat(home).isEmptyDirectory();
    }

    private CommandLineRun refresh(List<String> prefix) throws IOException, InterruptedException {
        return run(prefix, "refresh -q");
    }

    private CommandLineRun run(List<String> prefix, String command) throws IOException, InterruptedException {
        ProcessBuilder process = ProgramProcess.ofProgram(prefix, (Object[]) command.split(" ", -1));
        process.command().add(lib.toString());
        process.environment().put("HOME", home.toString());
        process.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "FRESHPYC_INDEX"));
        return ProgramProcess.run(process, "");
    }
}
