package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.BenchedModules.bench;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands under a bench: failures, children that outlive their command, servers, and a signal that ends the bench. */
@EnabledOnOs(OS.LINUX)
class BenchedCommandTest {

    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        BenchedModules.write(home);
    }

    @Test
    void aCommandThatFailsIsReportedWithItsFirstLine() {
        assertThat(CommandLineRun.of(bench(home, "raise SystemExit('a\\x1b[2Jb')"))
                        .complaint(3))
                .contains("ended with status 1: a\\x1b[2Jb");
        assertThat(CommandLineRun.of("bench", "--", home.resolve("none")).complaint(3))
                .endsWith("/none: cannot be started: No such file or directory\n");
        assertThat(CommandLineRun.of("bench", "--", "/bin/true").complaint(3)).contains("wrote no bytecode");
        assertThat(CommandLineRun.of("bench", "--ready", "(", "--", "/bin/true").complaint(2))
                .contains("not a regular expression");
    }

    /** A traceback ends with the error. */
    @Test
    void theMessageOfACommandThatFailsHasTheLastLineOfALongOutput() {
        String program = "import sys; sys.exit('\\n'.join('line %d' % i for i in range(1, COUNT + 1)))";

        assertThat(CommandLineRun.of(bench(home, program.replace("COUNT", "8"))).complaint(3))
                .contains("ended with status 1: line 1 | line 2 | line 3 | line 4 | line 5 | … | line 8\n");
        assertThat(CommandLineRun.of(bench(home, program.replace("COUNT", "6"))).complaint(3))
                .contains("line 4 | line 5 | line 6\n");
    }

    /** The child imports a module after the command's end, and its report arrives through the same pipe. */
    @Test
    void importsOfAChildThatOutlivesTheCommandDoNotEndAfterTheAnswer() throws Exception {
        String child = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): pass\nimport first";
        String program = "import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', '''" + child
                + "''', str(os.getpid())])";

        CommandLineRun run =
                CommandLineRun.of(bench(home, "--runs", "6", "--states", "none", "--format", "json", program));

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode state = JsonMapper.shared().readTree(run.out()).at("/states/0");
        for (int i = 0; i < 6; i++) {
            assertThat(state.at("/imports_ms/times/" + i).asDouble())
                    .isBetween(1.0, state.at("/answer_ms/times/" + i).asDouble());
        }
    }

    /** The bench starts in its own process, which a signal ends during the first run of the command. */
    @Test
    void aSignalEndsTheCommandAndLeavesNoFiles() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("temporary"));
        Path started = home.resolve("started");
        String script = "import os, time; open(r'" + started + ".new', 'w').write(str(os.getpid()));" + " os.rename(r'"
                + started + ".new', r'" + started + "'); time.sleep(60)";
        Process bench = ProgramProcess.of(
                        List.of("env", "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=" + temporary),
                        Main.class,
                        bench(home, "--ready", "never", script))
                .start();
        while (Files.notExists(started)) {
            assertThat(bench.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isNotEmpty();
        }
        ProcessHandle python =
                ProcessHandle.of(Long.parseLong(Files.readString(started))).orElseThrow();

        bench.destroy();

        assertThat(bench.waitFor(20, TimeUnit.SECONDS)).isTrue();
        python.onExit().get(20, TimeUnit.SECONDS);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aServerAndItsChildrenAreEndedOnceTheServerAnswers() throws Exception {
        String orphan = "import os, subprocess, first, time\n"
                + "child = subprocess.Popen(['/bin/sleep', '77'], start_new_session=True)\n"
                + "open(r'" + home.resolve("pids") + "', 'a').write('%d\\n' % child.pid)\n"
                + "print('ready to serve')\ntime.sleep(60)\n";

        CommandLineRun run =
                CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is", "--ready", "to serve", orphan));

        assertThat(run.code()).as(run.err()).isZero();
        List<String> pids = Files.readAllLines(home.resolve("pids"));
        assertThat(pids).hasSizeGreaterThanOrEqualTo(7);
        for (String pid : pids) {
            Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(pid));
            if (left.isPresent()) {
                left.get().onExit().get(20, TimeUnit.SECONDS); // the first process of the system reaps it
            }
        }
        assertThat(CommandLineRun.of(bench(home, "--timeout", "1", "import time; time.sleep(30)"))
                        .complaint(3))
                .contains("no answer in 1 s");
    }
}
