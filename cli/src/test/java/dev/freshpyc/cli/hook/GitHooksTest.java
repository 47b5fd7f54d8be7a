package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks of the real git in a repository with two branches. */
class GitHooksTest {

    @TempDir
    private Path directory;

    private Path repository = Path.of("");
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));
    private HookedRepository hooked = new HookedRepository(repository, program, Path.of(""));

    @BeforeEach
    void makeRepository() throws Exception {
        Shell.require("git");
        hooked = HookedRepository.in(directory, "a repository");
        program = hooked.program();
        repository = hooked.path();
        write("same.py", "same = 1\n");
        write("changed.py", "changed = 1\n");
        commit("one");
        git("checkout", "-q", "-b", "other");
        write("changed.py", "changed = 22\n");
        write("notes.txt", "no Python\n");
        commit("two");
        git("checkout", "-q", "main");
        assertThat(hook("install")).startsWith("installed: ");
        CommandLineRun.of("refresh", "-q", "--index", directory.resolve("index"), repository);
    }

    @Test
    void aCheckoutRefreshesOnlyTheChangedFiles() throws Exception {
        git("checkout", "-q", "other");
        assertThat(program.takeCalls()).containsExactly("call", repository + "/changed.py");
    }

    @Test
    void aMergeAndARebaseRefreshTheChangedFiles() throws Exception {
        git("merge", "-q", "other");
        assertThat(program.takeCalls()).containsExactly("call", repository + "/changed.py");
        git("reset", "-q", "--hard", "HEAD~1");
        write("own.py", "own = 1\n");
        commit("three");
        program.takeCalls();
        git("rebase", "-q", "other");
        assertThat(program.takeCalls()).contains("call", repository + "/changed.py");
    }

    @Test
    void aSquashRefreshesTheChangedFiles() throws Exception {
        git("merge", "-q", "--squash", "other");
        assertThat(program.takeCalls()).containsExactly("call", repository + "/changed.py");
    }

    /** A rebase removes the files of its own commits and makes them again, the same as before. */
    @Test
    void aRebaseRefreshesTheFilesThatItMakesAgain() throws Exception {
        write("own.py", "own = 1\n");
        commit("three");
        write("second.py", "second = 1\n");
        commit("four");
        git("rebase", "-q", "other");
        List<String> calls = program.takeCalls();
        assertThat(calls.subList(calls.lastIndexOf("call"), calls.size()))
                .contains(repository + "/own.py", repository + "/second.py", repository + "/changed.py");
    }

    /** An amended commit takes the files as they are; a new repository has no {@code ORIG_HEAD}. */
    @Test
    void anAmendedCommitRefreshesNothing() throws Exception {
        write("same.py", "same = 22\n");
        git("commit", "-q", "-a", "--amend", "-m", "amended");
        assertThat(program.takeCalls()).isEmpty();
        assertThat(repository.resolve(".git/freshpyc.log")).doesNotExist();
    }

    @Test
    void anExistingHookGetsItsInput() throws Exception {
        hook("remove");
        Path got = directory.resolve("got");
        Shell.writeScript(
                repository.resolve(".git/hooks/post-rewrite"), "#!/bin/sh\n{ echo \"$1\"; cat; } >'" + got + "'\n");
        hook("install");
        String old = name("HEAD");
        git("commit", "-q", "--amend", "-m", "amended");
        assertThat(got).hasContent("amend\n" + old + " " + name("HEAD"));
    }

    /** One script often serves as several hooks, through links. */
    @Test
    void aHookThatIsALinkToAnotherHookStaysALink() throws Exception {
        hook("remove");
        Path hooks = repository.resolve(".git/hooks");
        Path ran = directory.resolve("ran");
        Shell.writeScript(hooks.resolve("post-checkout"), "#!/bin/sh\necho \"$#\" >>'" + ran + "'\n");
        Files.createSymbolicLink(hooks.resolve("post-merge"), Path.of("post-checkout"));

        assertThat(hook("install")).startsWith("installed: ");
        git("merge", "-q", "other");
        assertThat(ran).hasContent("1");
        assertThat(program.takeCalls()).containsExactly("call", repository + "/changed.py");

        hook("remove");
        assertThat(Files.readSymbolicLink(hooks.resolve("post-merge"))).hasToString("post-checkout");
        assertThat(hooks).isDirectoryNotContaining("glob:**before*");
    }

    @Test
    void anExistingHookRunsFirstAndIsRestored() throws Exception {
        hook("remove");
        Path own = repository.resolve(".git/hooks/post-checkout");
        Path ran = directory.resolve("ran");
        Shell.writeScript(own, "#!/bin/sh\necho \"$3\" >'" + ran + "'\nexit 7\n");
        String before = Files.readString(own);
        int failed = run("checkout", "-q", "other");
        assertThat(failed).isNotZero();
        run("checkout", "-q", "main");

        hook("install");
        hook("install");
        Files.delete(ran);
        assertThat(run("checkout", "-q", "other")).isEqualTo(failed);
        assertThat(ran).hasContent("1");
        assertThat(program.takeCalls()).hasSize(2);

        assertThat(hook("remove")).isEqualTo("not installed\n");
        assertThat(Files.readString(own)).isEqualTo(before);
        assertThat(repository.resolve(".git/hooks/post-merge")).doesNotExist();
    }

    @Test
    void aMissingOrFailingProgramDoesNotFailGit() throws Exception {
        Files.writeString(program.script(), "#!/bin/sh\necho broken >&2\nexit 3\n");
        git("checkout", "-q", "other");
        assertThat(repository.resolve(".git/freshpyc.log")).hasContent("broken");
        Files.delete(program.script());
        git("checkout", "-q", "main");
    }

    private String hook(String task) {
        CommandLineRun run = CommandLineRun.of("hook", task, "git", "--root", repository);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(repository.resolve(name), text);
    }

    private void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    private String name(String revision) throws Exception {
        return hooked.run("rev-parse", revision).printed().strip();
    }

    private void git(String... words) throws Exception {
        assertThat(run(words)).as("git " + String.join(" ", words)).isZero();
    }

    private int run(String... words) throws Exception {
        HookedRepository.Ended ended = hooked.run(words);
        assertThat(ended.printed()).as("printed").doesNotContain("freshpyc", "fatal");
        return ended.code();
    }
}
