package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --format jsonl}, refresh, repair and undo print one object per file and nothing else. */
@EnabledOnOs(OS.LINUX)
class OutcomeLinesTest {

    private static final int PAIRS = 5;
    private static final int MANY = 200;

    private static final Pattern PYC = Pattern.compile("\"pyc\":\"([^\"]*)\"");

    @TempDir
    private Path directory;

    private Path lib = Path.of("");

    @BeforeEach
    void makeATree() throws IOException {
        lib = new MatchingTree(directory.resolve("lib")).pairs(PAIRS).root();
    }

    @Test
    void refreshPrintsEveryVerdict() {
        assertThat(run("refresh", lib))
                .hasSize(PAIRS)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"source\":\"pkg")
                        .contains("\"tag\":\"cpython-311\",\"opt\":\"\",\"outcome\":\"recorded\",\"reused\":false")
                        .endsWith("}"));
    }

    /**
     * Workers take directories in any order, but the lines of one directory are adjacent and in the order of their
     * paths.
     */
    @Test
    void refreshPrintsTheFilesOfADirectoryInTheOrderOfTheirPaths() throws IOException {
        Path many = new MatchingTree(directory.resolve("many")).pairs(MANY).root();
        Map<String, List<String>> byDirectory = new LinkedHashMap<>();
        String last = "";
        for (String line : run("refresh", "-j", "4", many)) {
            String pyc = pyc(line);
            String directory = pyc.substring(0, pyc.indexOf('/'));
            if (!directory.equals(last)) {
                assertThat(byDirectory).doesNotContainKey(directory);
            }
            byDirectory.computeIfAbsent(directory, _ -> new ArrayList<>()).add(pyc);
            last = directory;
        }
        assertThat(byDirectory).hasSizeGreaterThan(1);
        assertThat(byDirectory.values()).allSatisfy(files -> assertThat(files).isSorted());
    }

    @Test
    void undoPrintsTheFilesInTheOrderOfTheirPaths() throws IOException {
        Path many = new MatchingTree(directory.resolve("many")).pairs(MANY).root();
        run("repair", "--to", "unchecked-hash", "-j", "4", many);

        assertThat(run("undo", many).stream()
                        .map(line -> line.replaceAll(".*\"entry\":\"", "") + pyc(line))
                        .toList())
                .hasSize(MANY)
                .isSorted();
    }

    private static String pyc(String line) {
        Matcher pyc = PYC.matcher(line);
        assertThat(pyc.find()).as(line).isTrue();
        return pyc.group(1);
    }

    @Test
    void refreshOfChangedPathsPrintsOnlyThesePaths() throws IOException {
        Path list = directory.resolve("list");
        Files.writeString(list, lib.resolve("pkg0/m0.py") + "\n");

        assertThat(run("refresh", "--changed-from", list, lib))
                .singleElement()
                .asString()
                .contains("\"source\":\"pkg0/m0.py\"");
    }

    @Test
    void repairPrintsItsOutcomesAndADryRunPredictsThem() {
        assertThat(run("repair", "--to", "unchecked-hash", "--dry-run", lib))
                .hasSize(PAIRS)
                .allSatisfy(line -> assertThat(line).contains("\"outcome\":\"restamped\""));
        assertThat(run("repair", "--to", "unchecked-hash", lib))
                .hasSize(PAIRS)
                .allSatisfy(line -> assertThat(line).endsWith("\"outcome\":\"restamped\",\"evidence\":\"header\"}"));
        assertThat(run("repair", "--to", "unchecked-hash", lib))
                .hasSize(PAIRS)
                .allSatisfy(line -> assertThat(line).endsWith("\"outcome\":\"skipped\",\"reason\":\"as-wanted\"}"));
    }

    @Test
    void undoPrintsEveryRestoredFile() {
        run("repair", "--to", "unchecked-hash", lib);

        assertThat(run("undo", lib))
                .hasSize(PAIRS)
                .allSatisfy(line -> assertThat(line).contains("\"outcome\":\"put-back\""));
    }

    private List<String> run(String command, Object... more) {
        CommandLineRun run =
                CommandLineRun.of(command, "--index", directory.resolve("index"), "--format", "jsonl", more);
        assertThat(run.code()).as(run.err()).isZero();
        return run.lines();
    }
}
