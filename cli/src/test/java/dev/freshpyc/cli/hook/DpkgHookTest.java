package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.repair.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dpkg hook in a root directory where the real dpkg installs, upgrades and removes small packages. */
class DpkgHookTest {

    private static final String SITE = "/usr/lib/python3/dist-packages";

    @TempDir
    private Path directory;

    private Path root = Path.of("");
    private Path hook = Path.of("");
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));

    @BeforeEach
    void makeRoot() throws Exception {
        Shell.require("dpkg", "dpkg-deb", "python3");
        Shell.requireRoot();
        root = Files.createDirectory(directory.resolve("root"));
        for (String made :
                new String[] {"var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log", "etc/apt/apt.conf.d"}) {
            Files.createDirectories(root.resolve(made));
        }
        Files.createDirectories(root.resolve(SITE.substring(1)));
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        program = HookedProgram.in(directory);
        hook = root.resolve("var/lib/freshpyc/hook-dpkg");
        assertThat(CommandLineRun.of("hook", "status", "dpkg", "--root", root).out())
                .isEqualTo("not installed\n");
        assertThat(CommandLineRun.of("hook", "install", "dpkg", "--root", root).out())
                .startsWith("installed: /etc/apt/apt.conf.d/90freshpyc");
    }

    @Test
    void oneRefreshTakesOnlyTheChangedFiles() throws Exception {
        dpkg("-i", deb("alpha", "1", "a.py", "old.py"), deb("beta", "1", "b.py"));
        assertThat(program.takeCalls()).containsExactly("call");

        dpkg("-i", deb("alpha", "2", "a.py"));
        assertThat(program.takeCalls()).containsExactly("call", SITE + "/alpha/a.py", SITE + "/alpha/old.py");

        Shell.run("rm", "-r", root.resolve(SITE.substring(1)).resolve("beta/__pycache__")); // as py3clean does
        dpkg("-r", "beta");
        assertThat(program.takeCalls()).containsExactly("call", SITE + "/beta/b.py");
        assertThat(records("var/cache/freshpyc")).isEqualTo(records("fresh")).contains("2 of 2 records are valid");
        assertThat(CommandLineRun.of(
                                "lookup",
                                "--root",
                                root,
                                "--index",
                                root.resolve("var/cache/freshpyc"),
                                SITE + "/beta/b.py")
                        .out())
                .contains("not in any index");

        runHook();
        assertThat(program.takeCalls()).isEmpty();
    }

    @Test
    void aFailureIsLoggedAndDoesNotFailDpkg() throws Exception {
        Files.writeString(program.script(), "#!/bin/sh\necho broken >&2\nexit 3\n");
        dpkg("-i", deb("alpha", "1", "a.py"));
        assertThat(root.resolve("var/log/freshpyc.log")).hasContent("broken");
    }

    /** In the locale C, the program could not name a root beyond ASCII. */
    @Test
    void theProgramRunsWithUtf8() throws Exception {
        Files.writeString(program.script(), "#!/bin/sh\necho \"$LC_ALL\" >&2\n");
        dpkg("-i", deb("alpha", "1", "a.py"));
        assertThat(root.resolve("var/log/freshpyc.log")).hasContent("C.UTF-8");
    }

    @Test
    void aMissingProgramAndAnUnwritableStateAreSilent() throws Exception {
        Files.delete(program.script());
        dpkg("-i", deb("alpha", "1", "a.py"));
        assertThat(root.resolve("var/log/freshpyc.log")).doesNotExist();

        program = HookedProgram.in(directory);
        Path script = Files.copy(hook, directory.resolve("hook"));
        hook = script;
        Shell.run("rm", "-rf", root.resolve("var/lib/freshpyc"));
        Files.createFile(root.resolve("var/lib/freshpyc"));
        runHook();
        assertThat(program.takeCalls()).isEmpty();
    }

    @Test
    void removeLeavesNoFile() throws Exception {
        assertThat(CommandLineRun.of("hook", "remove", "dpkg", "--root", root).out())
                .isEqualTo("not installed\n");
        assertThat(hook).doesNotExist();
        assertThat(root.resolve("etc/apt/apt.conf.d")).isEmptyDirectory();
    }

    @Test
    void aHookWithAnotherTextIsOutdated() throws Exception {
        Files.writeString(hook, "#!/bin/sh\n");
        assertThat(CommandLineRun.of("hook", "status", "dpkg", "--root", root).out())
                .startsWith("outdated: run 'freshpyc hook install dpkg' again to renew");
    }

    @Test
    void installingWithoutAptIsRefused() throws Exception {
        Path other = Files.createDirectory(directory.resolve("no-apt"));
        assertThat(CommandLineRun.of("hook", "install", "dpkg", "--root", other).complaint(ExitCode.INCOMPLETE))
                .contains("there is no etc/apt/apt.conf.d: apt is not installed here");
    }

    private String deb(String name, String version, String... modules) throws Exception {
        Path tree = directory.resolve(name + version);
        Path site = Files.createDirectories(tree.resolve(SITE.substring(1)).resolve(name));
        for (String module : modules) {
            Files.writeString(site.resolve(module), "version = " + version + "\n");
        }
        Files.createDirectory(tree.resolve("DEBIAN"));
        Files.writeString(
                tree.resolve("DEBIAN/control"),
                "Package: " + name + "\nVersion: " + version
                        + "\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: test\n");
        Path deb = directory.resolve(name + version + ".deb");
        Shell.run("dpkg-deb", "-b", "--root-owner-group", tree, deb);
        return deb.toString();
    }

    private void dpkg(String... words) throws Exception {
        Object[] command = new Object[words.length + 3];
        command[0] = "dpkg";
        command[1] = "--root=" + root;
        command[2] = "--force-script-chrootless";
        System.arraycopy(words, 0, command, 3, words.length);
        Shell.run(command);
        Shell.run("python3", "-m", "compileall", "-q", root.resolve(SITE.substring(1))); // as py3compile does
        runHook();
    }

    /** Runs the hook as apt's configuration does. Apt itself cannot run the hook here, since the root has no shell. */
    private void runHook() throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", hook.toString()).redirectErrorStream(true);
        shell.environment()
                .putAll(Map.of(
                        "DPKG_ROOT",
                        root.toString(),
                        "FRESHPYC_PROGRAM",
                        program.script().toString()));
        Process process = shell.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    /** Returns the verification report of an index. A full refresh first makes the index {@code fresh}. */
    private String records(String index) throws Exception {
        Path place = root.resolve(index);
        if (index.equals("fresh")) {
            assertThat(CommandLineRun.of("refresh", "-q", "--root", root, "--index", place, SITE)
                            .code())
                    .isZero();
        }
        return CommandLineRun.of("index", "verify", "--index", place).out();
    }
}
