package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real git switches a working tree between two branches many times, with the hooks installed. The sources of the
 * two branches have equal sizes and differ only in mtime and content.
 */
class GitSwitchTest {

    private static final int SWITCHES = 20;
    private static final List<String> BRANCHES = List.of("main", "other");
    private static final String IMPORT_ALL =
            "import sys; sys.path.insert(0, sys.argv[1]); import changed, same; print(changed.branch, same.branch)";

    @TempDir
    private Path directory;

    private Path repository = Path.of("");
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));
    private HookedRepository hooked = new HookedRepository(repository, program, Path.of(""));

    @BeforeEach
    void makeRepository() throws Exception {
        Shell.require("git", "python3");
        hooked = HookedRepository.in(directory, "repository");
        program = hooked.program();
        repository = hooked.path();
    }

    /** Untracked bytecode stays that of {@code main}: stale on the other branch, needless after the switch back. */
    @Test
    void untrackedBytecodeIsNeedlessAfterTheSwitchBack() throws Exception {
        Files.writeString(repository.resolve(".gitignore"), "__pycache__\n");
        commitBranches(false);
        hooked.git("checkout", "-q", "main");
        compile();
        freshpyc("refresh", "-q", repository);
        install();

        for (int i = 1; i <= SWITCHES; i++) {
            String branch = switchBranch(i);
            String audit = freshpyc("audit", "--all", "--format", "jsonl", repository);
            assertThat(audit).doesNotContain("\"impostor\"");
            assertThat(verdict(audit, "same")).isEqualTo("fresh");
            boolean back = branch.equals("main");
            assertThat(verdict(audit, "changed")).isEqualTo(back ? "needless" : "stale");
            assertThat(program.takeCalls()).containsExactly("call", repository + "/changed.py");
        }
    }

    /** Git checks out tracked bytecode together with its source, at new mtimes. The index has seen both pairs. */
    @Test
    void aRepairCompilesNoPairThatTheIndexHasSeen() throws Exception {
        commitBranches(true);
        for (String branch : BRANCHES) {
            hooked.git("checkout", "-q", branch);
            freshpyc("refresh", "-q", "--prove", "--python", "python3", repository);
        }
        install();

        for (int i = 1; i <= SWITCHES; i++) {
            switchBranch(i);
            String audit = freshpyc("audit", "--all", "--format", "jsonl", repository);
            assertThat(audit).doesNotContain("\"impostor\"", "\"stale\"");
            assertThat(verdict(audit, "changed")).isEqualTo("needless");
            String plan = freshpyc("repair", "--dry-run", "--to", "unchecked-hash", "--format", "jsonl", repository);
            assertThat(plan).contains("changed.py").doesNotContain("compile");
        }
        String repaired = freshpyc("repair", "--to", "unchecked-hash", "--format", "jsonl", repository);
        assertThat(repaired).doesNotContain("compile");
        assertThat(Shell.run("python3", "-I", "-B", "-v", "-c", IMPORT_ALL, repository))
                .doesNotContain("# code object from " + repository);
    }

    private void commitBranches(boolean withBytecode) throws Exception {
        for (String branch : BRANCHES) {
            if (!branch.equals("main")) {
                hooked.git("checkout", "-q", "-b", branch);
            }
            Files.writeString(repository.resolve("same.py"), "branch = 'every'\n");
            Files.writeString(repository.resolve("changed.py"), "branch = '%-5s'\n".formatted(branch));
            if (withBytecode) {
                compile();
            }
            hooked.git("rm", "-r", "-q", "--cached", "--ignore-unmatch", "."); // git, too, trusts equal size and mtime
            hooked.git("add", "-A");
            hooked.git("commit", "-q", "-m", branch);
        }
    }

    /** Compiles the modules after setting an mtime that no checkout gives. */
    private void compile() throws Exception {
        Shell.run("touch", "-d", "@1700000000", repository.resolve("same.py"), repository.resolve("changed.py"));
        Shell.run("python3", "-I", "-m", "compileall", "-q", "-f", repository);
    }

    private void install() {
        freshpyc("hook", "install", "git", "--root", repository);
    }

    /** Switches the branch, requires that Python runs the code of the branch, and returns the name of the branch. */
    private String switchBranch(int count) throws Exception {
        String branch = BRANCHES.get(count % BRANCHES.size());
        hooked.git("checkout", "-q", branch);
        assertThat(Shell.run("python3", "-I", "-B", "-c", IMPORT_ALL, repository))
                .isEqualTo("%-5s every%n".formatted(branch));
        return branch;
    }

    private static String verdict(String jsonl, String module) {
        String line = jsonl.lines()
                .filter(row -> row.contains("\"" + module + ".py\""))
                .findFirst()
                .orElseThrow();
        return line.replaceFirst(".*\"verdict\":\"([a-z]*)\".*", "$1");
    }

    private String freshpyc(String command, Object... words) {
        List<Object> all = new ArrayList<>(List.of(command));
        if (!command.equals("hook")) {
            all.addAll(List.of("--index", directory.resolve("index")));
        }
        all.addAll(List.of(words));
        CommandLineRun run = CommandLineRun.of(all.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
