package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook of dnf in a root directory where the real rpm installs, upgrades and erases small packages. */
class RpmHookTest {

    private static final String SITE = RpmRoot.SITE;

    @TempDir
    private Path directory;

    private RpmRoot system = new RpmRoot(Path.of(""));
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));
    private int comparisons;

    @BeforeEach
    void makeRoot() throws Exception {
        Shell.require("rpm", "rpmbuild", "python3");
        Shell.requireRoot();
        system = RpmRoot.in(directory);
        program = HookedProgram.in(directory);
        assertThat(hook("status")).isEqualTo("not installed\n");
        assertThat(hook("install"))
                .isEqualTo("installed: /etc/dnf/plugins/post-transaction-actions.d/freshpyc.action,"
                        + " /var/lib/freshpyc/hook-rpm\n");
    }

    @Test
    void eachStepRefreshesOnlyTheFilesOfChangedPackages() throws Exception {
        system.rpm("-i", system.build("alpha", "1", "a.py", "old.py"), system.build("beta", "1", "b.py"));
        runHook();
        assertThat(program.takeCalls()).containsExactly("call");
        requireEqualIndexes();

        system.rpm("-U", system.build("alpha", "2", "a.py"));
        runHook();
        assertThat(program.takeCalls())
                .startsWith("call")
                .contains(file("alpha", "a.py"), file("alpha", "old.py"))
                .doesNotContain(file("beta", "b.py"));
        requireEqualIndexes();

        system.rpm("-e", "beta");
        runHook();
        assertThat(program.takeCalls())
                .startsWith("call")
                .contains(file("beta", "b.py"))
                .doesNotContain(file("alpha", "a.py"));
        requireEqualIndexes();

        runHook();
        assertThat(program.takeCalls()).isEmpty();
    }

    @Test
    void aReinstalledPackageIsRefreshed() throws Exception {
        String rpm = system.build("alpha", "1", "a.py");
        system.rpm("-i", rpm);
        runHook();
        program.takeCalls();
        system.rpm("-U", "--replacepkgs", rpm);
        runHook();
        assertThat(program.takeCalls()).startsWith("call").contains(file("alpha", "a.py"));
    }

    /**
     * A repair never writes the database of rpm, so {@code rpm -V} reports the repaired files. With
     * {@code --keep-records}, the repair leaves the files and {@code rpm -V} does not report them.
     */
    @Test
    void rpmReportsRepairedFilesUnlessRecordsAreKept() throws Exception {
        system.rpm("-i", system.build("alpha", "1", "a.py"));
        Path source = system.root().resolve(file("alpha", "a.py").substring(1));
        Shell.run("touch", "-d", "@1700000000", source);
        assertThat(verify()).isEqualTo(List.of(".......T.    " + file("alpha", "a.py")));

        assertThat(repair("--keep-records").out()).contains("in-package-record");
        assertThat(verify()).isEqualTo(List.of(".......T.    " + file("alpha", "a.py")));

        repair("--update-records", "-v");
        assertThat(verify()).hasSize(2).last().asString().matches("\\.\\.5.*\\.cpython-3\\d+\\.pyc");
    }

    @Test
    void aFailureIsLoggedAndDoesNotFailTheHook() throws Exception {
        system.rpm("-i", system.build("alpha", "1", "a.py"));
        Files.writeString(program.script(), "#!/bin/sh\necho broken >&2\nexit 3\n");
        runHook();
        assertThat(system.root().resolve("var/log/freshpyc.log")).hasContent("broken");
        assertThat(system.root().resolve("var/lib/freshpyc/rpm-paths")).doesNotExist();
    }

    @Test
    void aMissingProgramAndAnUnwritableStateAreSilent() throws Exception {
        system.rpm("-i", system.build("alpha", "1", "a.py"));
        Path script = Files.copy(system.root().resolve("var/lib/freshpyc/hook-rpm"), directory.resolve("hook"));
        Files.delete(program.script());
        runHook(script);
        assertThat(system.root().resolve("var/log/freshpyc.log")).doesNotExist();

        program = HookedProgram.in(directory);
        Shell.run("rm", "-rf", system.root().resolve("var/lib/freshpyc"));
        Files.createFile(system.root().resolve("var/lib/freshpyc"));
        runHook(script);
        assertThat(program.takeCalls()).isEmpty();
    }

    @Test
    void removeLeavesNoFile() throws Exception {
        assertThat(hook("remove")).isEqualTo("not installed\n");
        assertThat(system.root().resolve("var/lib/freshpyc")).isEmptyDirectory();
        assertThat(system.root().resolve("etc/dnf/plugins/post-transaction-actions.d"))
                .isEmptyDirectory();
    }

    @Test
    void withoutAPluginOfDnfTheMessageSaysWhatToInstall() throws Exception {
        hook("remove");
        Shell.run("rm", "-r", system.root().resolve("etc/dnf"));
        CommandLineRun run = CommandLineRun.of("hook", "install", "rpm", "--root", system.root());
        assertThat(run.complaint(3)).contains("python3-dnf-plugin-post-transaction-actions", "libdnf5-plugin-actions");
        assertThat(system.root().resolve("var/lib/freshpyc/hook-rpm")).doesNotExist();
    }

    private String hook(String task) {
        CommandLineRun run = CommandLineRun.of("hook", task, "rpm", "--root", system.root());
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private static String file(String name, String module) {
        return SITE + "/" + name + "/" + module;
    }

    private void requireEqualIndexes() {
        IndexComparison.requireEqual(
                system.root().resolve("var/cache/freshpyc"),
                directory.resolve("fresh" + comparisons++),
                List.of("--root", system.root(), SITE, SITE.replace("/site-packages", "")));
    }

    private CommandLineRun repair(String... options) {
        List<Object> words = new ArrayList<>(List.of(
                "repair",
                "--root",
                system.root(),
                "--index",
                directory.resolve("index"),
                "--python",
                "python3",
                "--to",
                "unchecked-hash"));
        words.addAll(List.of(options));
        words.add(SITE);
        return CommandLineRun.of(words.toArray());
    }

    /** Returns the lines of {@code rpm -V}, which fails if it prints lines. */
    private List<String> verify() throws Exception {
        return system.run(List.of(
                        "sh",
                        "-c",
                        "rpm --root \"$0\" -V alpha; true",
                        system.root().toString()))
                .lines()
                .filter(line -> line.contains(SITE))
                .sorted()
                .toList();
    }

    private void runHook() throws Exception {
        runHook(system.root().resolve("var/lib/freshpyc/hook-rpm"));
    }

    private void runHook(Path script) throws Exception {
        String printed = system.run(
                List.of("sh", script.toString()),
                Map.of(
                        "FRESHPYC_ROOT",
                        system.root().toString(),
                        "FRESHPYC_PROGRAM",
                        program.script().toString()));
        assertThat(printed).isEmpty();
    }
}
