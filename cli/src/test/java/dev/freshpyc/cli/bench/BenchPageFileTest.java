package dev.freshpyc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench --html} writes the page into a file, and refuses a bad path before the first run. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class BenchPageFileTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void aBenchWritesItsPageAndRefusesABadPathBeforeItMeasures() throws IOException {
        Files.writeString(home.resolve("shop.py"), "import json\n");
        Path file = home.resolve("out.html");
        CommandLineRun run = CommandLineRun.of(bench(file, "python3", "-c", "import shop"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file))
                .contains("<title>shop: ", "json.decoder", "import shop")
                .endsWith("</html>\n");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".pending"));
        }
        String started = "open('" + home.resolve("started") + "', 'w')";
        assertThat(CommandLineRun.of(bench(home.resolve("none/a.html"), "python3", "-c", started))
                        .complaint(3))
                .contains("--html " + home + "/none/a.html: the directory of this file does not exist");
        assertThat(CommandLineRun.of(bench(home, "python3", "-c", started)).complaint(3))
                .contains("is a directory");
        assertThat(home.resolve("started")).doesNotExist();
    }

    private Object[] bench(Path file, String... words) {
        return Stream.concat(
                        Stream.of("bench", "--runs", "6", "--states", "as-is", "--html", file, "--"),
                        Stream.concat(Stream.of("/usr/bin/env", "PYTHONPATH=" + home), Stream.of(words)))
                .toArray();
    }
}
