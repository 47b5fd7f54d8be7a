package dev.freshpyc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A bench takes minutes, so it shows its progress on a terminal, and nowhere else. */
@EnabledOnOs(OS.LINUX)
class BenchProgressTest {

    /** Runs a command on a pseudo-terminal and copies what the terminal shows to standard output. */
    private static final String TERMINAL =
            "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

    @TempDir
    private Path home = Path.of("");

    @Test
    void aBenchShowsHowManyStartsItHasMeasured() throws Exception {
        assertThat(onTerminal("bench", "--runs", "6", "--states", "none", "--", "python3", "-c", slow()))
                .containsPattern("measuring +\\d+% +\\[.*] +[1-7]/7 ");
    }

    @Test
    void aBenchOfScriptsShowsHowManyScriptsItHasMeasured() throws Exception {
        Path venv = home.resolve("venv");
        assertThat(new ProcessBuilder("python3", "-m", "venv", "--without-pip", venv.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path info = Files.createDirectories(site(venv).resolve("shop-1.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: shop\nVersion: 1\n");
        Files.writeString(info.resolve("entry_points.txt"), "[console_scripts]\nshop = shop:main\n");
        Path script = Files.writeString(venv.resolve("bin/shop"), "#!" + venv + "/bin/python\n" + slow() + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(onTerminal("bench", "--entry-points", "--venv", venv))
                .containsPattern("measuring +\\d+% +\\[.*] +0/1 ");
    }

    @Test
    void aBenchWithoutATerminalShowsNoProgress() throws Exception {
        ProcessBuilder bench = ProgramProcess.ofProgram(
                List.of(), "bench", "--runs", "6", "--states", "none", "--", "python3", "-c", slow());

        CommandLineRun run = ProgramProcess.run(bench, "");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("none").doesNotContain("measuring");
        assertThat(run.err()).isEmpty();
    }

    private static Path site(Path venv) throws IOException {
        try (Stream<Path> versions = Files.list(venv.resolve("lib"))) {
            return versions.findFirst().orElseThrow().resolve("site-packages");
        }
    }

    /** Runs the program on a terminal, requires success and returns what the terminal showed. */
    private static String onTerminal(Object... words) throws Exception {
        Process process = ProgramProcess.ofProgram(List.of("python3", "-c", TERMINAL), words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return shown;
    }

    /** A program of 0.3 s. Seven starts exceed the first second, in which no progress is shown. */
    private static String slow() {
        return "import time; time.sleep(0.3)";
    }
}
