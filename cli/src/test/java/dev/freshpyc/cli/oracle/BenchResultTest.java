package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.BenchedModules.bench;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.perf.startup.PageCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The results of a bench with a real interpreter: the text, the document, the export and the comparison. */
@EnabledOnOs(OS.LINUX)
class BenchResultTest {

    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        BenchedModules.write(home);
    }

    /** As with PyPy, which knows no such report. */
    @Test
    void theTimeOfImportsIsLeftOutIfTheInterpreterDoesNotReportThem() throws Exception {
        Object[] command = {
            "--", "/usr/bin/env", "-u", "PYTHONPROFILEIMPORTTIME", "PYTHONPATH=" + home, "python3", "-c", "import first"
        };
        Object[] bench = {"bench", "--runs", "6", "--states", "none"};
        Object[] json = {"bench", "--runs", "6", "--states", "none", "--format", "json"};

        assertThat(CommandLineRun.of(joined(bench, command)).lines())
                .anyMatch(line -> line.matches("none .* to .* ms +-  \\d.*"));
        assertThat(CommandLineRun.of(joined(json, command)).out())
                .contains("\"answer_ms\"")
                .doesNotContain("\"imports_ms\"");
    }

    @Test
    void theSavingOfARepairIsLeftOutIfNoRepairedStartWasMeasured() {
        CommandLineRun text = CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is,none", "import first"));
        CommandLineRun json =
                CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is", "--format", "json", "import first"));

        assertThat(text.lines())
                .anyMatch(line -> line.matches("compiled: .* ms in 2 modules of \\Q" + home + "\\E"))
                .anyMatch(line -> line.matches(" +- +\\d.* ms  \\w.*"))
                .noneMatch(line -> line.matches(" +0\\.0 ms +\\d.* ms  \\w.*"));
        assertThat(json.out())
                .contains("{\"module\":\"second\",\"origin\":\"compiled\"")
                .doesNotContain("saved_us");
    }

    @Test
    void aRegressionBeyondTheNoiseGivesExitCodeOne() throws Exception {
        Object[] words = bench(home, "--runs", "6", "--states", "repaired", "--format", "json", "import first");
        CommandLineRun old = CommandLineRun.of(words);
        assertThat(old.out()).contains("\"schema\":\"freshpyc-bench-1\"");
        String fast = old.out().replaceAll("\"(median|low|high)\":[0-9.E-]+", "\"$1\":0.001");
        String slow = old.out().replaceAll("\"(median|low|high)\":[0-9.E-]+", "\"$1\":900000.0");

        assertThat(compared(fast, words).code()).isEqualTo(1);
        assertThat(compared(fast, words).err()).contains("repaired: 0.0 ms before", ": slower");
        assertThat(compared(slow, words).code()).isZero();
        assertThat(compared(slow, words).err()).contains(": faster");
        assertThat(compared(old.out().replace("freshpyc-bench-1", "other"), words)
                        .code())
                .isEqualTo(2);
        assertThat(compared("[", words).code()).isEqualTo(2);
        for (String more : List.of("}", "x", old.out())) {
            assertThat(compared(old.out() + more, words).complaint(2)).contains("--compare " + home + "/old.json: it ");
        }
    }

    @Test
    void theTimesAreExportedForHyperfine() throws Exception {
        Path file = home.resolve("times.json");
        CommandLineRun run = CommandLineRun.of(bench(
                home, "--runs", "6", "--states", "as-is,none", "--export-hyperfine", file.toString(), "import first"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file))
                .contains("{\"results\":[{\"command\":\"as-is: ", "\"times\":[", "\"stddev\":");
        JsonNode result = JsonMapper.shared().readTree(file.toFile()).at("/results/0");
        assertThat(result.at("/exit_codes").toString()).isEqualTo("[0,0,0,0,0,0]");
        assertThat(result.at("/user").asDouble() + result.at("/system").asDouble())
                .isBetween(0.001, 2 * result.at("/max").asDouble()); // a start does few things in parallel
    }

    /** The bench ends the command at its answer, so the processor times of a complete run are unknown. */
    @Test
    void processorTimesAreLeftOutIfTheBenchEndsTheCommand() throws Exception {
        Path file = home.resolve("times.json");
        CommandLineRun run = CommandLineRun.of(bench(
                home,
                "--runs",
                "6",
                "--states",
                "as-is",
                "--ready",
                "ready",
                "--export-hyperfine",
                file.toString(),
                "import first"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file))
                .contains("\"times\":[", "\"exit_codes\":[null,null,null,null,null,null]")
                .doesNotContain("\"user\"");
    }

    @Test
    void modulesAreSummedUpByOriginAndPlace() throws Exception {
        Path zip = home.resolve("app.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("packed/__init__.py", "packed/inner.py")) {
                out.putNextEntry(new ZipEntry(name));
                out.write("value = 1\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        String program = "import sys; sys.path.append(r'" + zip + "'); import first, packed.inner";

        CommandLineRun text = CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is,repaired", program));
        CommandLineRun json =
                CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is", "--format", "json", program));

        assertThat(text.lines()).anyMatch(line -> line.matches("zip: \\d+\\.\\d ms in 2 modules of \\Q" + zip + "\\E"));
        assertThat(text.lines())
                .anyMatch(line ->
                        line.matches("compiled: .* ms in 2 modules of \\Q" + home + "\\E; repair saves \\d+\\.\\d ms"));
        assertThat(json.out())
                .contains(
                        "{\"origin\":\"zip\",\"place\":\"" + zip + "\",\"modules\":2,",
                        "\"cold\":false,\"python\":\"3.");
    }

    /** The heading is the command as a shell takes it. */
    @Test
    void modulesOfAnyNameAreMeasured() throws Exception {
        Files.writeString(home.resolve("my mod.py"), "value = 1\n");
        String program = "__import__('my mod')";

        CommandLineRun text = CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is,repaired", program));
        CommandLineRun json =
                CommandLineRun.of(bench(home, "--runs", "6", "--states", "as-is", "--format", "json", program));

        assertThat(text.lines())
                .first()
                .isEqualTo("/usr/bin/env PYTHONPATH=" + home + " python3 -c '__import__('\\''my mod'\\'')'");
        assertThat(json.out())
                .contains(
                        "\"module\":\"my mod\"", "{\"origin\":\"compiled\",\"place\":\"" + home + "\",\"modules\":1,");
    }

    @Test
    void aBenchReportsThatItsRunsAreCold() {
        assumeThat(PageCache.isDroppable()).as("only root may drop the cache").isTrue();

        CommandLineRun run =
                CommandLineRun.of(bench(home, "--cold", "--runs", "6", "--states", "as-is", "import first"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).contains("cold: the page cache was dropped before each run");
    }

    private static Object[] joined(Object[] options, Object[] command) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(command)).toArray();
    }

    private CommandLineRun compared(String earlier, Object[] words) throws IOException {
        Path file = Files.writeString(home.resolve("old.json"), earlier);
        List<Object> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(1, List.of("--compare", file));
        return CommandLineRun.of(all.toArray());
    }
}
