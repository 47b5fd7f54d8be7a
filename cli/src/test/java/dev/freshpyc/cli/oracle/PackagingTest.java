package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code audit --after} predicts the behavior of an interpreter for every file of a tree that the test really packs and
 * unpacks. The last line of the report is a command after which the bytecode survives.
 */
@EnabledOnOs(OS.LINUX)
class PackagingTest {

    private static final Pattern FINDING =
            Pattern.compile("\"pyc\":\"([^\"]+)\".*\"interpreter\":\"([a-z]+)\".*\"after\":\"([^\"]+)\"");

    private static final Interpreter PYTHON = Interpreters.required("cpython 3.11");

    @TempDir
    private Path directory = Path.of("");

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreTheZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @EnumSource(RealTransport.class)
    void thePredictionAgreesWithTheInterpreter(RealTransport transport) throws Exception {
        assertThat(disagreements(transport, PYTHON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Kathmandu"})
    void thePredictionForAZipArchiveHoldsInEveryTimeZone(String local) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(local));

        assertThat(disagreements(RealTransport.ZIPFILE_UNZIP, PYTHON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void thePredictionHoldsForEveryInterpreter(Interpreter python) throws Exception {
        assertThat(disagreements(RealTransport.DOCKER_LAYER, python)).isEmpty();
    }

    /** One interpreter of each minor version whose pycs have tags. */
    static Stream<Interpreter> interpreters() {
        return Interpreters.ofEachMinorVersion().stream().filter(Interpreter::isTagged);
    }

    @ParameterizedTest
    @EnumSource(RealTransport.class)
    void theTreeSurvivesAfterTheCommandOfTheReport(RealTransport transport) throws Exception {
        Path lib = Files.createDirectory(directory.toRealPath().resolve("lib"));
        int count = 0;
        List<Instant> times = TravellingTree.TIMES.stream()
                .filter(transport::survivesByRepair)
                .toList();
        for (Instant time : times) {
            String stem = "m" + count++;
            write(lib.resolve(stem + ".py"), "VALUE = '" + stem + "'\n", time);
            write(lib.resolve(stem + "empty.py"), "", time);
        }
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
        CommandLineRun.of("refresh", "--index", directory.resolve("index"), lib);

        String report = audit(lib, transport).out();
        if (report.contains(" 0 findings.")) {
            assertThat(transport.word()).as(report).isIn("tar", "erofs");
        } else {
            repair(report.lines().reduce((_, last) -> last).orElseThrow());
        }

        CommandLineRun again = audit(lib, transport);
        assertThat(again.code()).as(again.out()).isZero();
        Imports imports = Imports.of(PYTHON, transport.carry(lib, zone.getID()));
        assertThat(imports.compiled()).isEmpty();
        assertThat(imports.failed()).isEmpty();
        assertThat(imports.loaded()).isEqualTo(2 * times.size());
    }

    /** The modules for which the prediction differs from the behavior of the interpreter after the transport. */
    private List<String> disagreements(RealTransport transport, Interpreter python) throws Exception {
        List<Instant> times = Stream.concat(TravellingTree.TIMES.stream(), TravellingTree.FAR.stream())
                .filter(transport::supports)
                .toList();
        Path home = Files.createTempDirectory(directory.toRealPath(), "home");
        TravellingTree tree = TravellingTree.make(home.resolve("tree"), python, times);

        Map<String, String> predicted = predicted(tree.root(), transport);
        Map<String, String> observed =
                tree.imported(transport.carry(tree.root(), TimeZone.getDefault().getID()));

        assertThat(observed.values()).as("both answers occur").contains("loads", "recompiles");
        List<String> disagreements = new ArrayList<>();
        for (String name : tree.modules().keySet()) {
            if (!Objects.equals(predicted.get(name), observed.get(name))) {
                disagreements.add(tree.describe(name) + ": predicted " + predicted.get(name) + ", observed "
                        + observed.get(name));
            }
        }
        return disagreements;
    }

    private static Map<String, String> predicted(Path tree, RealTransport transport) {
        CommandLineRun run = CommandLineRun.of(
                "audit", "--no-index", "--all", "--format", "jsonl", "--after", transport.word(), tree);
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, String> predicted = new TreeMap<>();
        for (String line : run.lines()) {
            Matcher finding = FINDING.matcher(line);
            assertThat(finding.find()).as(line).isTrue();
            assertThat(finding.group(3)).isEqualTo(transport.word());
            predicted.put(TravellingTree.module(finding.group(1)), finding.group(2));
        }
        return predicted;
    }

    private CommandLineRun audit(Path lib, RealTransport transport) {
        return CommandLineRun.of(
                "audit",
                "--index",
                directory.resolve("index"),
                "--python",
                PYTHON.executable(),
                "--after",
                transport.word(),
                "--fail-on",
                "any",
                lib);
    }

    /** Runs the command in the last line of a report. */
    private static void repair(String line) {
        assertThat(line).startsWith("To make the tree survive ").contains(": freshpyc repair --to ");
        String command = line.substring(line.indexOf(": freshpyc ") + ": freshpyc ".length());
        CommandLineRun run =
                CommandLineRun.of(Arrays.stream(command.split(" ", -1)).toArray(Object[]::new));
        assertThat(run.code()).as(run.err() + run.out()).isZero();
    }

    private static void write(Path file, String text, Instant time) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
