package dev.freshpyc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.PrintedJson;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ScriptStart;
import dev.freshpyc.perf.startup.ScriptStart.Measured;
import dev.freshpyc.perf.startup.ScriptStart.Script;
import dev.freshpyc.perf.startup.ScriptStart.Unmeasured;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scripts are ranked by the time that a repair saves. A difference within the noise counts as zero. */
class ScriptReportTest {

    private static final List<ScriptStart> STARTS = List.of(
            new Measured(script("noisy"), new Interval(90, 100, 130), new Interval(60, 80, 95)),
            new Measured(script("little"), new Interval(49, 50, 51), new Interval(39, 40, 41)),
            new Unmeasured(script("failed"), "/bin/failed: ended with status 1"),
            new Measured(script("most\u001b[2J"), new Interval(480, 500, 510), new Interval(190, 200, 210)),
            new Measured(script("faster"), new Interval(10, 11, 12), new Interval(13, 14, 15)));

    @Test
    void theLargestSavingComesFirst() {
        assertThat(printed(DocumentFormat.TEXT).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "cold: the page cache was dropped before each run",
                        " saved as-is repaired script package",
                        " 300.0 ms 500.0 ms 200.0 ms most\\x1b[2J dist 2",
                        " 10.0 ms 50.0 ms 40.0 ms little dist 2",
                        " 0.0 ms 100.0 ms 80.0 ms noisy dist 2",
                        " 0.0 ms 11.0 ms 14.0 ms faster dist 2",
                        "not measured:",
                        " failed (dist 2): /bin/failed: ended with status 1");
    }

    @Test
    void theDocumentFollowsItsSchema() {
        String json = printed(DocumentFormat.JSON);

        PrintedJson.require("freshpyc-bench-entry-points-1", json);
        assertThat(json).containsSubsequence("\"most", "\"saved_ms\":300.0", "\"little\"", "\"noisy\"", "not_measured");
    }

    private static Script script(String name) {
        return new Script(name, Path.of("/bin", name), Optional.of("dist"), Optional.of("2"));
    }

    private static String printed(DocumentFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            new ScriptReport("console_scripts", "/bin/python3", 6, true, STARTS).print(format, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
