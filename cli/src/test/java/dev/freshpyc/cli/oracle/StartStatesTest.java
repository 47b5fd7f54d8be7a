package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.BenchedModules.bench;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.perf.startup.ImportTime;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StateCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In each state of a bench, a real interpreter compiles or loads modules as the state says, and the user's tree stays
 * unchanged.
 */
@EnabledOnOs(OS.LINUX)
class StartStatesTest {

    private static final List<StartState> STATES = List.of(StartState.values());

    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        BenchedModules.write(home);
    }

    static Stream<Interpreter> interpreters() {
        return Interpreters.ofEachMinorVersion().stream()
                .filter(python -> python.knowsPrefix() && python.name().startsWith("cpython"));
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void anInterpreterCompilesOrLoadsAsTheStateSays(Interpreter python) throws Exception {
        command(python, "import first")
                .run(Map.of("PYTHONDONTWRITEBYTECODE", "", "PYTHONPYCACHEPREFIX", "")); // leaves pycs in the tree
        Files.setLastModifiedTime(home.resolve("second.py"), FileTime.fromMillis(0)); // makes one of the pycs stale
        StartCommand command = command(python, "import first");
        try (StateCaches caches = StateCaches.prepare(command, STATES)) {
            assertThat(caches.size()).isGreaterThanOrEqualTo(2);
            for (int round = 0; round < 2; round++) {
                for (StartState state : STATES) {
                    caches.beforeRun(state);
                    boolean compiles = compiles(command, caches, state, "second.py");
                    boolean expected = switch (state) {
                        case AS_IS, STALE, STALE_READONLY, NONE -> true;
                        case REPAIRED, TIMESTAMP, CHECKED_HASH, UNCHECKED_HASH -> false;
                    };
                    assertThat(compiles).as("%s, round %d", state, round).isEqualTo(expected);
                    assertThat(compiles(command, caches, state, "first.py"))
                            .as("first.py in %s", state)
                            .isEqualTo(state == StartState.STALE_READONLY); // else valid, or the run before wrote it
                }
            }
            Files.writeString(home.resolve("second.py"), "value = 6\n");
            assertThat(compiles(command, caches, StartState.CHECKED_HASH, "second.py"))
                    .isTrue();
            assertThat(compiles(command, caches, StartState.UNCHECKED_HASH, "second.py"))
                    .isFalse();
        }
    }

    /** Form 2, since CPython 3.14, also has lines for imports of modules that are loaded already. */
    @Test
    void bothFormsOfTheImportReportNameTheSameModules() throws Exception {
        Interpreter python = Interpreters.assumed("cpython 3.14");
        String program = "import first, json; import second, json.decoder";

        List<String> first = imports(command(python, program, "-X", "importtime=1"));
        StartCommand second = command(python, program, "-X", "importtime=2");

        assertThat(imports(second)).isEqualTo(first).contains("first", "second", "json", "json.decoder");
    }

    @Test
    void aBenchLeavesTheTreeAsItWas() throws Exception {
        Files.createDirectory(home.resolve("__pycache__"));
        Map<Path, String> before = tree();

        CommandLineRun run = CommandLineRun.of(bench(home, "--runs", "6", "--states", stateNames(), "import first"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.startsWith("unchecked-hash"));
        assertThat(tree()).isEqualTo(before);
    }

    /** The levels of {@code -O} have bytecode of their own. */
    @Test
    void aCommandWithAnOptimizationLevelIsMeasured() throws Exception {
        Interpreter python = Interpreters.withFlags();
        for (String level : List.of("-O", "-OO")) {
            StartCommand command = command(python, "import first", level);
            try (StateCaches caches = StateCaches.prepare(command, STATES)) {
                assertThat(compiles(command, caches, StartState.STALE_READONLY, "second.py"))
                        .isTrue();
                assertThat(compiles(command, caches, StartState.UNCHECKED_HASH, "second.py"))
                        .isFalse();
            }
        }
    }

    private static boolean compiles(StartCommand command, StateCaches caches, StartState state, String source)
            throws Exception {
        Map<String, String> variables = new HashMap<>(caches.environment(state));
        variables.put("PYTHONVERBOSE", "1");
        List<String> lines = command.run(variables).verbose();
        String module = source.replace(".py", "");
        assertThat(lines).anyMatch(line -> line.startsWith("import '" + module + "'"));
        return lines.stream()
                .anyMatch(line -> line.startsWith("# code object from ")
                        && line.replace("'", "").endsWith("/" + source));
    }

    private static List<String> imports(StartCommand command) throws Exception {
        return command.run(Map.of()).imports().stream().map(ImportTime::module).toList();
    }

    private static String stateNames() {
        return String.join(
                ",",
                STATES.stream()
                        .map(state -> state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    private StartCommand command(Interpreter python, String program, String... options) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "PYTHONPATH=" + home));
        python.launcher().environment().forEach((name, value) -> words.add(name + "=" + value));
        words.add(python.launcher().executable().toString());
        words.addAll(List.of(options));
        words.addAll(List.of("-c", program));
        return new StartCommand(words, Optional.empty(), Duration.ofSeconds(60));
    }

    private Map<Path, String> tree() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                String bytes = Files.isRegularFile(file) ? Arrays.toString(Files.readAllBytes(file)) : "";
                contents.put(file, Files.readAttributes(file, "unix:lastModifiedTime,ctime,ino,mode") + bytes);
            }
        }
        return contents;
    }
}
