package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** If a process may open few files at once, a repair works with fewer threads and still repairs every file. */
@EnabledOnOs(OS.LINUX)
class FewDescriptorsTest {

    /**
     * The number of files that a repair may open in addition to those that a dry run holds open: a journal, eight ends of
     * pipes while an interpreter starts, a file for the libraries of the interpreter, and the two devices of random numbers
     * that the JVM opens with its digests.
     */
    private static final int FREE = 12;

    private static final String TAG = "cpython-311";

    @TempDir
    private Path directory;

    /** Runs the program and prints the number of files that this process then holds open, class path included. */
    static final class OpenFiles {

        public static void main(String[] args) {
            PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
            Main.run(args, nowhere, nowhere);
            System.out.println(Objects.requireNonNull(new File("/proc/self/fd").list()).length - 1);
        }
    }

    @Test
    void aRepairWritesEveryHeader() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(24);

        CommandLineRun run = repair(tree.root(), "--to", "checked-hash");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("restamped: 24");
    }

    @Test
    void aRepairCompilesEverySource() throws Exception {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        for (int i = 0; i < 24; i++) {
            Path source = directory.resolve("lib/pkg" + i % 5 + "/m" + i + ".py");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "x = " + i + "\n");
        }

        CommandLineRun run =
                repair(directory.resolve("lib"), "--python", python.executable().toString(), "--expect", TAG);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("recompiled: 24");
        assertThat(directory.resolve("lib/pkg4").resolve(Pairs.cached("m4"))).isNotEmptyFile();
    }

    /** Repairs in a process that may open {@value #FREE} files more than an idle process has open. */
    private CommandLineRun repair(Path lib, String... options) throws IOException, InterruptedException {
        int idle = Integer.parseInt(
                run(List.of(), OpenFiles.class, lib, "--dry-run").lines().getLast());
        return run(
                List.of("sh", "-c", "ulimit -n " + (idle + FREE) + " && exec \"$@\"", "sh"), Main.class, lib, options);
    }

    private CommandLineRun run(List<String> prefix, Class<?> main, Path lib, String... options)
            throws IOException, InterruptedException {
        ProcessBuilder program =
                ProgramProcess.of(prefix, main, "repair", "-j", "8", "--index", directory.resolve("index"), lib);
        program.command().addAll(List.of(options));
        return ProgramProcess.run(program, "");
    }
}
