package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.ImportedModules;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A root with Python is committed to a repository of the real ostree and checked out. The compose step before the
 * commit keeps the bytecode valid.
 */
class OstreeHookTest {

    private static final String SITE = "/usr/lib/python3.11/site-packages";
    private static final int MODULES = 20;

    @TempDir
    private Path directory;

    private Path root = Path.of("");
    private Path python = Path.of("");
    private HookedProgram program = new HookedProgram(Path.of(""), Path.of(""));

    @BeforeEach
    void makeRoot() throws Exception {
        Shell.require("ostree", "python3");
        directory = directory.toRealPath();
        python = Path.of(Shell.run("python3", "-I", "-c", "import os, sys; print(os.path.realpath(sys.executable))")
                .strip());
        root = directory.resolve("root");
        Path site = Files.createDirectories(root.resolve(SITE.substring(1)).resolve("pkg"));
        for (int i = 0; i < MODULES; i++) {
            Files.writeString(site.resolve("m" + i + ".py"), "value = " + i + "\n");
        }
        Shell.run("python3", "-I", "-m", "compileall", "-q", "-s", root, "-p", "/", site);
        program = HookedProgram.in(directory);
        Shell.run("ostree", "init", "--repo=" + repository(), "--mode=bare-user-only");
    }

    @Test
    void aCheckoutOfAnUnrepairedTreeIsCompiledAgain() throws Exception {
        Path checkout = commitAndCheckOut();
        assertThat(Files.getLastModifiedTime(source(checkout, 0)).toMillis()).isZero();
        assertThat(countCompiledByPython(checkout)).isEqualTo(MODULES);

        CommandLineRun audit = CommandLineRun.of("audit", "--no-index", "--root", checkout, "--after", "ostree", SITE);
        assertThat(audit.out()).contains(MODULES + " stale", "(mtime)");
        assertThat(CommandLineRun.of("audit", "--no-index", "--root", checkout, SITE)
                        .out())
                .containsIgnoringWhitespaces(MODULES + " stale", "same mtime, 0, as ostree");
    }

    @Test
    void afterAComposeStepPythonCompilesNothing() throws Exception {
        assertThat(hook("install")).isEqualTo("installed: " + directory.resolve("freshpyc-compose") + "\n");
        assertThat(compose(root)).contains("restamped: " + MODULES + ", recompiled: 0");
        assertThat(root.resolve("usr/lib/freshpyc")).isNotEmptyDirectory();

        Path checkout = commitAndCheckOut();
        assertThat(countCompiledByPython(checkout)).isZero();
        CommandLineRun audit = CommandLineRun.of(
                "audit",
                "--root",
                checkout,
                "--index",
                checkout.resolve("usr/lib/freshpyc"),
                "--fail-on",
                "stale,needless,impostor,fatal",
                SITE);
        assertThat(audit.code()).as(audit.out()).isZero();
        assertThat(audit.out()).contains(MODULES + " fresh");
    }

    @Test
    void aHardLinkedCheckoutIsNotRepairedAndTheRepositoryStaysIntact() throws Exception {
        Path checkout = commitAndCheckOut();
        assertThat((int) Files.getAttribute(source(checkout, 0), "unix:nlink")).isGreaterThan(1);
        hook("install");

        assertThat(compose(checkout)).contains("hard-linked-outside");
        CommandLineRun repair = CommandLineRun.of(
                "repair",
                "--root",
                checkout,
                "--index",
                directory.resolve("index"),
                "--python",
                "python3",
                "--to",
                "unchecked-hash",
                SITE);
        assertThat(repair.code()).isEqualTo(1);
        assertThat(repair.out()).contains("hard-linked-outside");
        Shell.run("ostree", "fsck", "--repo=" + repository());
        assertThat(countCompiledByPython(checkout)).isEqualTo(MODULES);
    }

    @Test
    void aMissingOrFailingProgramDoesNotFailTheComposition() throws Exception {
        hook("install");
        Files.writeString(program.script(), "#!/bin/sh\necho broken >&2\nexit 3\n");
        assertThat(compose(root)).contains("broken");
        Files.delete(program.script());
        assertThat(compose(root)).isEmpty();
    }

    @Test
    void removeLeavesNoFile() {
        assertThat(hook("status")).isEqualTo("not installed\n");
        hook("install");
        assertThat(hook("status")).startsWith("installed: ");
        assertThat(hook("remove")).isEqualTo("not installed\n");
        assertThat(directory.resolve("freshpyc-compose")).doesNotExist();
    }

    private String hook(String task) {
        CommandLineRun run = CommandLineRun.of("hook", task, "ostree", "--root", directory);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private Path repository() {
        return directory.resolve("repository");
    }

    private Path commitAndCheckOut() throws Exception {
        Shell.run("ostree", "commit", "--repo=" + repository(), "--branch=b", "--tree=dir=" + root);
        Path checkout = directory.resolve("checkout");
        Shell.run("ostree", "checkout", "--repo=" + repository(), "-U", "-H", "b", checkout);
        return checkout;
    }

    private static Path source(Path tree, int module) {
        return tree.resolve(SITE.substring(1)).resolve("pkg/m" + module + ".py");
    }

    /** Counts the modules that the real interpreter compiles when it imports all modules. */
    private long countCompiledByPython(Path tree) throws IOException, InterruptedException {
        return ImportedModules.countCompiled(python, tree.resolve(SITE.substring(1)), "pkg", MODULES);
    }

    /** Runs the compose script as a build does and returns what the script printed. */
    private String compose(Path tree) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        directory.resolve("freshpyc-compose").toString(), tree.toString(), SITE)
                .redirectErrorStream(true);
        builder.environment().put("FRESHPYC_PROGRAM", program.script().toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
