package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.perf.startup.ImportTime;
import dev.freshpyc.perf.startup.PageCache;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StateCaches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        Files.writeString(home.resolve("first.py"), "import second\nprint('ready', second.value)\n");
        Files.writeString(home.resolve("second.py"), "value = 5\n");
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

        CommandLineRun run = CommandLineRun.of(bench("--runs", "6", "--states", stateNames(), "import first"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.startsWith("unchecked-hash"));
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aCommandThatFailsIsReportedWithItsFirstLine() {
        assertThat(CommandLineRun.of(bench("raise SystemExit('a\\x1b[2Jb')")).complaint(3))
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

        assertThat(CommandLineRun.of(bench(program.replace("COUNT", "8"))).complaint(3))
                .contains("ended with status 1: line 1 | line 2 | line 3 | line 4 | line 5 | … | line 8\n");
        assertThat(CommandLineRun.of(bench(program.replace("COUNT", "6"))).complaint(3))
                .contains("line 4 | line 5 | line 6\n");
    }

    /** The child imports a module after the command's end, and its report arrives through the same pipe. */
    @Test
    void importsOfAChildThatOutlivesTheCommandDoNotEndAfterTheAnswer() throws Exception {
        String child = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): pass\nimport first";
        String program = "import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', '''" + child
                + "''', str(os.getpid())])";

        CommandLineRun run = CommandLineRun.of(bench("--runs", "6", "--states", "none", "--format", "json", program));

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode state = JsonMapper.shared().readTree(run.out()).at("/states/0");
        for (int i = 0; i < 6; i++) {
            assertThat(state.at("/imports_ms/times/" + i).asDouble())
                    .isBetween(1.0, state.at("/answer_ms/times/" + i).asDouble());
        }
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
        CommandLineRun text = CommandLineRun.of(bench("--runs", "6", "--states", "as-is,none", "import first"));
        CommandLineRun json =
                CommandLineRun.of(bench("--runs", "6", "--states", "as-is", "--format", "json", "import first"));

        assertThat(text.lines())
                .anyMatch(line -> line.matches("compiled: .* ms in 2 modules of \\Q" + home + "\\E"))
                .anyMatch(line -> line.matches(" +- +\\d.* ms  \\w.*"))
                .noneMatch(line -> line.matches(" +0\\.0 ms +\\d.* ms  \\w.*"));
        assertThat(json.out())
                .contains("{\"module\":\"second\",\"origin\":\"compiled\"")
                .doesNotContain("saved_us");
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
                        bench("--ready", "never", script))
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
                CommandLineRun.of(bench("--runs", "6", "--states", "as-is", "--ready", "to serve", orphan));

        assertThat(run.code()).as(run.err()).isZero();
        List<String> pids = Files.readAllLines(home.resolve("pids"));
        assertThat(pids).hasSizeGreaterThanOrEqualTo(7);
        for (String pid : pids) {
            Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(pid));
            if (left.isPresent()) {
                left.get().onExit().get(20, TimeUnit.SECONDS); // the first process of the system reaps it
            }
        }
        assertThat(CommandLineRun.of(bench("--timeout", "1", "import time; time.sleep(30)"))
                        .complaint(3))
                .contains("no answer in 1 s");
    }

    @Test
    void aRegressionBeyondTheNoiseGivesExitCodeOne() throws Exception {
        Object[] words = bench("--runs", "6", "--states", "repaired", "--format", "json", "import first");
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
        CommandLineRun run = CommandLineRun.of(
                bench("--runs", "6", "--states", "as-is,none", "--export-hyperfine", file.toString(), "import first"));

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

        CommandLineRun text = CommandLineRun.of(bench("--runs", "6", "--states", "as-is,repaired", program));
        CommandLineRun json = CommandLineRun.of(bench("--runs", "6", "--states", "as-is", "--format", "json", program));

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

        CommandLineRun text = CommandLineRun.of(bench("--runs", "6", "--states", "as-is,repaired", program));
        CommandLineRun json = CommandLineRun.of(bench("--runs", "6", "--states", "as-is", "--format", "json", program));

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

        CommandLineRun run = CommandLineRun.of(bench("--cold", "--runs", "6", "--states", "as-is", "import first"));

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

    /** The arguments of a bench; the last of {@code words} is the program. */
    private Object[] bench(String... words) {
        List<Object> all = new ArrayList<>(List.of("bench"));
        all.addAll(Arrays.asList(words).subList(0, words.length - 1));
        all.addAll(List.of("--", "/usr/bin/env", "PYTHONPATH=" + home, "python3", "-c", words[words.length - 1]));
        return all.toArray();
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
