package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hook of the real pip in a virtual environment. The hook reads from the RECORD files which files pip has changed.
 */
class PipHookTest {

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path directory;

    private PipEnvironment environment = new PipEnvironment(Path.of(""), Map.of());
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));
    private int comparisons;

    @BeforeEach
    void makeEnvironment() throws Exception {
        directory = directory.toRealPath();
        program = HookedProgram.in(directory);
        environment = PipEnvironment.in(
                directory,
                shared.resolve("a model"),
                Map.of("FRESHPYC_PROGRAM", program.script().toString(), "FRESHPYC_INDEX", index().toString()));
        assertThat(hook("status")).isEqualTo("not installed\n");
        assertThat(hook("install")).startsWith("installed: ");
    }

    @Test
    void eachStepRefreshesOnlyTheFilesOfChangedRecords() throws Exception {
        assertThat(environment.pip("install", environment.wheel("beta", "1", "b.py")))
                .isZero();
        assertThat(program.takeCalls()).containsExactly("call");
        requireEqualIndexes();

        environment.pip("install", environment.wheel("alpha", "1", "a.py", "old.py"));
        assertThat(changed()).containsExactly("alpha/a.py", "alpha/old.py");
        requireEqualIndexes();

        environment.pip("install", environment.wheel("alpha", "2", "a.py", "new.py"));
        assertThat(changed()).containsExactly("alpha/a.py", "alpha/new.py", "alpha/old.py");
        requireEqualIndexes();

        environment.pip("install", "--force-reinstall", environment.wheel("alpha", "2", "a.py"));
        assertThat(changed()).containsExactly("alpha/a.py", "alpha/new.py");
        requireEqualIndexes();

        environment.pip("uninstall", "-y", "beta");
        assertThat(changed()).containsExactly("beta/b.py");
        requireEqualIndexes();

        environment.pip("install", environment.wheel("alpha", "2", "a.py")); // already installed
        environment.pip("list");
        assertThat(program.takeCalls()).isEmpty();
    }

    /** Without names of the last run that can be read, the hook refreshes all files, and goes on from there. */
    @Test
    void aDamagedStateIsReplaced() throws Exception {
        Path state = environment.home().resolve("freshpyc-pip.records");
        environment.pip("install", environment.wheel("alpha", "1", "a.py"));
        for (String damaged :
                List.of("no line of the hook\n", Files.readString(state).replace("\t[", "\t{"))) {
            program.takeCalls();
            Files.writeString(state, damaged);
            environment.pip("install", "--force-reinstall", environment.wheel("alpha", "2", "a.py"));
            assertThat(program.takeCalls()).containsExactly("call");
            requireEqualIndexes();

            environment.pip("install", environment.wheel("beta", "1", "b.py"));
            assertThat(changed()).contains("beta/b.py");
            environment.pip("uninstall", "-y", "beta");
            assertThat(changed()).containsExactly("beta/b.py");
            requireEqualIndexes();
        }
    }

    /** The {@code .pth} file of an editable project adds a path entry. The hook refreshes the whole entry. */
    @Test
    void anEditableProjectIsRefreshedToo() throws Exception {
        environment.pip("install", environment.wheel("beta", "1", "b.py"));
        Path project = environment.project();
        Shell.run(environment.home().resolve("bin/python"), "-I", "-m", "compileall", "-q", project.resolve("src"));
        assertThat(environment.pip("install", "--no-build-isolation", "--editable", project.toString()))
                .isZero();
        program.takeCalls();
        CommandLineRun lookup = CommandLineRun.of("lookup", "--index", index(), project.resolve("src/here.py"));
        assertThat(lookup.code()).as(lookup.out()).isZero();
        requireEqualIndexes(environment.site(), project.resolve("src"));

        environment.pip("uninstall", "-y", "here");
        assertThat(program.takeCalls()).containsExactly("call");
        requireEqualIndexes(environment.site(), project.resolve("src"));
    }

    @Test
    void theExitCodeOfPipIsKept() throws Exception {
        assertThat(environment.pip("install", "no-such-project")).isEqualTo(1);
        assertThat(environment.pip("install", "--no-such-option")).isEqualTo(2);
    }

    /** Users link pip into a directory of their {@code PATH}; the script finds pip and the environment through any links. */
    @Test
    void pipRunsThroughLinksOfOtherDirectories() throws Exception {
        Path links = Files.createDirectories(directory.resolve("links of mine"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../an environment/bin/pip"));
        Path link = Files.createSymbolicLink(links.resolve("pip"), Path.of("first"));

        assertThat(environment.run(link, "install", environment.wheel("alpha", "1", "a.py")))
                .isZero();
        assertThat(program.takeCalls()).containsExactly("call");
        assertThat(environment.run(Path.of("links of mine/pip"), "install", environment.wheel("beta", "1", "b.py")))
                .isZero();
        assertThat(changed()).containsExactly("beta/b.py");
        assertThat(links).isDirectoryNotContaining("glob:**before*");
        requireEqualIndexes();
    }

    /** In its help and its errors, pip calls itself by the name of its script. A shell starts an interpreter whose path has a space. */
    @Test
    void whatPipPrintsIsAsWithoutTheHook() throws Exception {
        Path bin = environment.home().resolve("bin");
        Path plain = Files.createSymbolicLink(directory.resolve("plain"), environment.home());
        String script = Files.readString(bin.resolve("pip.before-freshpyc"));
        String end = "\n' '''\n";
        assertThat(script).startsWith("#!/bin/sh\n'''exec' \"").contains(end);
        int body = script.indexOf(end) + end.length();
        for (String begin : List.of(
                script.substring(0, body),
                "#!" + plain + "/bin/python3\n",
                "#!" + plain + "/bin/python3 -s\n",
                "#!/usr/bin/env -S " + plain + "/bin/python3 -I\n")) {
            hook("remove");
            Shell.writeScript(bin.resolve("pip"), begin + script.substring(body));
            List<String> before = printedByPip();

            hook("install");

            assertThat(printedByPip()).as(begin).isEqualTo(before);
            assertThat(before.getFirst()).contains("pip <command> [options]");
        }
    }

    /** What pip prints, by its path, by its name and through a link. */
    private List<String> printedByPip() throws Exception {
        Path bin = environment.home().resolve("bin");
        Path link = directory.resolve("a link");
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, bin.resolve("pip"));
        }
        List<String> printed = new ArrayList<>();
        for (String words : List.of(
                "pip --help",
                "\"$0/pip\" --version",
                "pip --no-such-option",
                "pip no-such-command",
                "pip install",
                "\"$1\" install",
                "\"$1\" completion --bash")) {
            printed.add(Shell.run(
                    "sh", "-c", "PATH=\"$0:$PATH\"; cd \"$0\" && { " + words + "; echo \"code $?\"; }", bin, link));
        }
        return printed;
    }

    /** Where {@code pip} is a link to {@code pip3}, it leads to the script in the place of {@code pip3}. */
    @Test
    void aNameThatIsALinkToAnotherNameStaysALink() throws Exception {
        Path bin = environment.home().resolve("bin");
        hook("remove");
        Files.delete(bin.resolve("pip"));
        for (String target : List.of("pip3", bin + "/pip3", "../bin/pip3")) {
            Path pip = Files.createSymbolicLink(bin.resolve("pip"), Path.of(target));
            assertThat(hook("install")).startsWith("installed: ");
            assertThat(pip).isSymbolicLink();
            assertThat(environment.pip("install", "--force-reinstall", environment.wheel("alpha", "1", "a.py")))
                    .isZero();
            assertThat(program.takeCalls()).filteredOn("call"::equals).hasSize(1);

            assertThat(hook("remove")).isEqualTo("not installed\n");
            assertThat(Files.readSymbolicLink(pip)).hasToString(target);
            assertThat(bin).isDirectoryNotContaining("glob:**before*");
            assertThat(environment.pip("list")).isZero();
            Files.delete(pip);
        }
    }

    /** Hooks of old versions renamed such a link. A new install puts it back. */
    @Test
    void aLinkThatWasRenamedIsPutBack() throws Exception {
        Path bin = environment.home().resolve("bin");
        Files.delete(bin.resolve("pip.before-freshpyc"));
        Files.createSymbolicLink(bin.resolve("pip.before-freshpyc"), Path.of("pip3"));

        assertThat(hook("install")).startsWith("installed: ");
        assertThat(bin.resolve("pip")).isSymbolicLink();
        assertThat(bin.resolve("pip.before-freshpyc")).doesNotExist();
        assertThat(environment.pip("list")).isZero();
    }

    /** An upgrade of pip replaces the scripts of pip. The hook notices and replaces the new scripts. */
    @Test
    void theHookSurvivesAnUpgradeOfPip() throws Exception {
        assertThat(environment.pip("install", "--force-reinstall", environment.wheelOfPip()))
                .isZero();
        assertThat(hook("status")).startsWith("installed: ");
        program.takeCalls();
        environment.pip("install", environment.wheel("alpha", "1", "a.py"));
        assertThat(changed()).containsExactly("alpha/a.py");
    }

    @Test
    void aFailureIsLoggedAndDoesNotFailPip() throws Exception {
        Files.writeString(program.script(), "#!/bin/sh\necho broken >&2\nexit 3\n");
        assertThat(environment.pip("install", environment.wheel("alpha", "1", "a.py")))
                .isZero();
        assertThat(environment.home().resolve("freshpyc.log")).hasContent("broken");
        assertThat(environment.home().resolve("freshpyc-pip.records")).doesNotExist();
    }

    @Test
    void aMissingProgramAndAnUnwritableIndexAreSilent() throws Exception {
        Files.createFile(index());
        assertThat(environment.pip("install", environment.wheel("alpha", "1", "a.py")))
                .isZero();
        Files.delete(program.script());
        assertThat(environment.pip("install", environment.wheel("beta", "1", "b.py")))
                .isZero();
    }

    @Test
    void removeRestoresTheScriptsOfPip() throws Exception {
        Path script = environment.home().resolve("bin/pip");
        Path kept = environment.home().resolve("bin/pip.before-freshpyc");
        String before = Files.readString(kept);
        assertThat(environment.pip("install", environment.wheel("beta", "1", "b.py")))
                .isZero();
        assertThat(environment.home().resolve("freshpyc-pip.records")).exists();
        Files.createFile(environment.home().resolve("freshpyc-pip.records.changed")); // as a killed run leaves it
        assertThat(hook("remove")).isEqualTo("not installed\n");
        assertThat(script).hasContent(before.strip());
        assertThat(kept).doesNotExist();
        assertThat(environment.home()).isDirectoryNotContaining("glob:**/freshpyc-pip*");
        assertThat(environment.pip("list")).isZero();
    }

    @Test
    void aDirectoryThatIsNoEnvironmentIsRefused() {
        assertThat(CommandLineRun.of("hook", "install", "pip", "--venv", directory)
                        .complaint(2))
                .contains(directory + ": no virtual environment: it has no directory bin; name one with --venv DIR");
    }

    /** Runs {@code hook} in its own process, since an installed hook contains the command of the program. */
    private String hook(String task) throws IOException, InterruptedException {
        CommandLineRun run = ProgramProcess.run(
                ProgramProcess.ofProgram(List.of(), "hook", task, "pip", "--venv", environment.home()), "");
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private Path index() {
        return directory.resolve("index");
    }

    /** The sources below the site directory in the list of the last refresh. */
    private List<String> changed() throws Exception {
        List<String> calls = program.takeCalls();
        assertThat(calls).startsWith("call");
        String site = environment.site() + "/";
        return calls.stream()
                .filter(line -> line.startsWith(site) && line.endsWith(".py"))
                .map(line -> line.substring(site.length()))
                .toList();
    }

    private void requireEqualIndexes() throws Exception {
        requireEqualIndexes(environment.site());
    }

    private void requireEqualIndexes(Path... entries) {
        assertThat(environment.home().resolve("freshpyc.log")).doesNotExist();
        IndexComparison.requireEqual(index(), directory.resolve("fresh" + comparisons++), List.of(entries));
    }
}
