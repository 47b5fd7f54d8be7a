package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dry run predicts the outcome of each file, and reports which outcomes depend on a compilation. After a run, nothing
 * is left to do.
 */
@EnabledOnOs(OS.LINUX)
class DryRunTest {

    private static final Pattern LINE = Pattern.compile(".*\"pyc\":\"([^\"]*)\".*\"outcome\":\"([^\"]*)\"(.*)}");

    @TempDir
    private Path directory;

    private Path lib = Path.of("");

    @BeforeEach
    void makeATree() throws IOException {
        lib = Files.createDirectory(directory.resolve("lib"));
        new Pairs(lib).stale("stale").fatal("fatal").fresh("fresh").impostor("impostor");
        new Pairs(lib).pair("bad", Pairs.header(3495, 4, 0, 0), (byte) 0xe3);
    }

    @Test
    void outcomesThatDependOnACompilationAreReported() {
        CommandLineRun run = repair("--dry-run", lib);

        assertThat(run.out())
                .contains(
                        "5 seen; would be restamped: 0, would be recompiled: 2, would be compiled and compared: 3",
                        "3 have no proof: each is compiled, and only its header is written if the code is equal");
        assertThat(repair("--dry-run", "--format", "json", lib).out())
                .contains("\"recompiled\":2,\"compared\":3,\"source_times\":0");
        assertThat(repair("--check", lib).code()).isEqualTo(1);
    }

    @Test
    void theDryRunPredictsTheRun() {
        Map<String, String> predicted = outcomes("--dry-run", lib);
        Map<String, String> done = outcomes(lib);

        assertThat(done.keySet()).isEqualTo(predicted.keySet());
        assertThat(predicted).containsValue("compared").containsValue("recompiled");
        predicted.forEach((pyc, outcome) -> assertThat(done.get(pyc))
                .isIn(outcome.equals("compared") ? List.of("restamped", "recompiled", "skipped") : List.of(outcome)));
    }

    @Test
    void afterARunNothingIsLeftToDo() {
        assertThat(repair(lib).code()).isZero();

        CommandLineRun check = repair("--check", lib);
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).startsWith("5 seen; would be restamped: 0, would be recompiled: 0; 5 as-wanted");
    }

    /**
     * A run remembers each source that it could not compile. A check then reports the source, and nothing is left to
     * do.
     */
    @Test
    void aSourceThatDidNotCompileIsRemembered() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("odd"));
        new Pairs(odd).stale("broken");
        Path broken = Files.writeString(odd.resolve("broken.py"), "x = 1\nx = (\n");
        Path bare = Files.writeString(odd.resolve("bare.py"), "y = (\n"); // without bytecode
        Object[] check = {"--check", "--expect", "cpython-311", odd};
        Object[] jsonl = {"--dry-run", "--expect", "cpython-311", "--format", "jsonl", odd};
        assertThat(repair(check).code()).isEqualTo(1);

        CommandLineRun run = repair("--expect", "cpython-311", odd);
        assertThat(run.code()).isZero();
        CommandLineRun checked = repair(check);

        assertThat(checked.code()).as(checked.out()).isZero();
        assertThat(checked.out())
                .startsWith(odd.resolve("bare.py") + ":1  does not compile: '(' was never closed\n"
                        + odd.resolve("broken.py") + ":2  does not compile: '(' was never closed\n")
                .contains("2 seen; would be restamped: 0, would be recompiled: 0; 2 syntax-error");
        assertThat(run.out())
                .startsWith(checked.out().substring(0, checked.out().indexOf("2 seen")));
        assertThat(repair(jsonl).out())
                .contains("\"outcome\":\"does-not-compile\",\"line\":2,\"message\":\"'(' was never closed\"")
                .isEqualTo(repair("--expect", "cpython-311", "--format", "jsonl", odd)
                        .out());

        Files.writeString(bare, "y = 1\n");
        assertThat(repair(check).out()).contains("would be recompiled: 1; 1 syntax-error");
        Files.writeString(broken, "x = 1\nx = 22\n");
        assertThat(repair(check).out()).contains("would be compiled and compared: 1");
        assertThat(repair(check).code()).isEqualTo(1);
    }

    /**
     * If the list of uncompiled sources is damaged, the next check predicts a compilation, and the next run writes the
     * list anew.
     */
    @Test
    void aDamagedListOfUncompiledSourcesIsNoError() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("odd"));
        Files.writeString(odd.resolve("bare.py"), "y = (\n");
        repair("--expect", "cpython-311", odd);
        Path remembered = directory.resolve("index/sources.uncompiled");
        byte[] whole = Files.readAllBytes(remembered);
        for (int length : List.of(0, 3, 20, whole.length - 1)) {
            Files.write(remembered, Arrays.copyOf(whole, length));
            assertThat(repair("--check", "--expect", "cpython-311", odd).out()).contains("would be recompiled: 1");
            repair("--expect", "cpython-311", odd);
            assertThat(repair("--check", "--expect", "cpython-311", odd).code()).isZero();
        }
    }

    @Test
    void aFaultWithoutALineIsReportedWithoutALine() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("odd"));
        Files.writeString(odd.resolve("words.py"), "# coding: nosuch\n");

        assertThat(repair("--expect", "cpython-311", odd).out())
                .startsWith(odd.resolve("words.py") + "  does not compile: unknown encoding: nosuch\n");
        assertThat(repair("--expect", "cpython-311", "--format", "jsonl", odd).out())
                .contains("\"line\":null");
    }

    @Test
    void aMissingInterpreterIsPredicted() throws IOException {
        Path odd = new MatchingTree(directory.resolve("odd"))
                .pair("m")
                .compiled("__pycache__/m.cpython-399.pyc", Pairs.header(9999, 0, 1, 10))
                .root();

        CommandLineRun dry = repair("--dry-run", odd);
        CommandLineRun run = repair(odd);

        assertThat(dry.out()).contains("left: no-interpreter (no interpreter with magic 9999");
        assertThat(dry.code()).isEqualTo(run.code()).isEqualTo(1);
        assertThat(outcomes("--dry-run", odd)).isEqualTo(outcomes(odd));
    }

    @Test
    void aHardLinkOutsideTheTreeIsPredicted() throws IOException {
        Path outside = directory.resolve("outside.pyc");
        Files.createLink(outside, lib.resolve(Pairs.cached("fatal")));

        assertThat(repair("--dry-run", lib).out())
                .contains("fatal.cpython-311.pyc  left: hard-linked-outside (2 names)");
        assertThat(repair(lib).out()).contains("fatal.cpython-311.pyc  left: hard-linked-outside (2 names)");
    }

    private Map<String, String> outcomes(Object... words) {
        Map<String, String> outcomes = new TreeMap<>();
        List<Object> all = new ArrayList<>(List.of("--format", "jsonl"));
        all.addAll(Arrays.asList(words));
        for (String line : repair(all.toArray()).lines()) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            outcomes.put(parts.group(1), parts.group(2));
        }
        return outcomes;
    }

    private CommandLineRun repair(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "repair";
        all[1] = "--index";
        all[2] = directory.resolve("index");
        System.arraycopy(words, 0, all, 3, words.length);
        return CommandLineRun.of(all);
    }
}
