package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * freshpyc starts an interpreter as the user's shell would, or with {@code -I} for {@code --isolated}, and asks for its
 * path and its cache prefix. The expected values are those that the same interpreter prints.
 */
@Timeout(120)
class UserPathTest {

    private static final String HIDDEN = " in place of this source";
    private static final Pattern ENTRY = Pattern.compile("\"path\":\"([^\"]+)\",\"pycs\"");

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path home = Path.of("");
    private Path lib = Path.of("");
    private Interpreter python = Interpreters.all().getFirst();

    @BeforeEach
    void makeTree() throws IOException {
        directory = directory.toRealPath();
        python = Interpreters.all().stream()
                .filter(candidate -> candidate.minorVersion().equals("cpython 3.12"))
                .findFirst()
                .orElse(python);
        assumeTrue(python.knowsPrefix(), "NOT RUN: no interpreter with cache prefixes");
        home = Files.createDirectory(directory.resolve("home"));
        lib = Files.createDirectory(directory.resolve("lib"));
        new Pairs(lib).stale("m");
        environment.putAll(python.launcher().environment());
        environment.put("HOME", home.toString());
    }

    @Test
    void theAuditCoversPythonPathAndTheUserSite() throws Exception {
        environment.put("PYTHONPATH", lib.toString());
        Path userSite = Path.of(ask("import site; print(site.getusersitepackages())"));
        new Pairs(Files.createDirectories(userSite)).stale("u");

        List<String> judged = entries("audit", "--no-index", "--format", "json");

        assertThat(judged)
                .containsSubsequence(lib.toString(), userSite.toString())
                .isEqualTo(directories(ask("import sys; print('\\n'.join(p for p in sys.path if p))")));
    }

    @Test
    void anIsolatedAuditCoversNeitherPythonPathNorTheUserSite() throws Exception {
        environment.put("PYTHONPATH", lib.toString());
        Path userSite = Path.of(ask("import site; print(site.getusersitepackages())"));
        new Pairs(Files.createDirectories(userSite)).stale("u");

        for (String option : List.of("-I", "--isolated")) {
            assertThat(entries("audit", "--no-index", "--format", "json", option))
                    .isEqualTo(directories(ask("-I", "import sys; print('\\n'.join(sys.path))")))
                    .doesNotContain(lib.toString(), userSite.toString());
        }
    }

    @Test
    void anAbsentEntryIsReportedOnce() throws Exception {
        Path zip = Files.createFile(directory.resolve("a.zip"));
        Path absent = directory.resolve("absent");
        environment.put("PYTHONPATH", zip + ":" + absent);

        for (List<String> command :
                List.of(List.of("audit", "--no-index"), List.of("refresh", "--index", home + "/i"))) {
            CommandLineRun run = run(command.toArray(String[]::new));

            assertThat(run.err().lines().filter(line -> line.contains("left out of sys.path")))
                    .singleElement()
                    .asString()
                    .contains(absent + " (not there)")
                    .doesNotContain(zip.toString());
        }
        assertThat(run("audit", "--no-index", "-q").err()).isEmpty();
    }

    @Test
    void thePrefixOfTheEnvironmentIsObeyed() throws Exception {
        environment.put("PYTHONPYCACHEPREFIX", directory.resolve("prefix").toString());
        compile();

        assertThat(audit()).contains(fresh(prefixed())).contains("\"reason\":\"cache-prefix\"");
        assertThat(audit("--isolated")).doesNotContain("prefix/");
    }

    /** The variable holds for every interpreter, so that it also holds where none or several are asked. */
    @Test
    void thePrefixOfTheEnvironmentIsObeyedByEveryCommandWithoutAnInterpreter() throws Exception {
        environment.put("PYTHONPYCACHEPREFIX", directory.resolve("prefix").toString());
        compile();
        String index = directory.resolve("index").toString();
        Path source = lib.resolve("m.py");
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_600_000_000_000L));

        String audit = run("audit", "--no-index", "--all", "--format", "jsonl", lib + "")
                .out();
        assertThat(audit)
                .contains("\"pyc\":\"" + prefixed() + "\"", "\"verdict\":\"stale\"")
                .contains("\"reason\":\"cache-prefix\"");
        assertThat(run("audit", "--no-index", "--isolated", lib + "").out())
                .startsWith(lib + "")
                .contains("1 pyc judged");
        assertThat(run("refresh", "--index", index, lib + "").out()).startsWith("2 seen");
        assertThat(run("lookup", "--index", index, prefixed()).out()).contains(python.tag());
        assertThat(run("repair", "--index", index, lib + "").code()).isZero();
        assertThat(run("explain", "--index", index, source + "").out()).contains(prefixed(), "fresh (match)");
        assertThat(ask("-v", "import sys; sys.path[:0] = ['" + lib + "']; import m"))
                .contains("matches " + lib)
                .doesNotContain("bytecode is stale");
    }

    @Test
    void aPrefixThatSiteSetsIsObeyed() throws Exception {
        environment.put(
                "PYTHONPATH", Files.createDirectory(directory.resolve("custom")).toString());
        Files.writeString(
                directory.resolve("custom/sitecustomize.py"),
                "import sys; sys.pycache_prefix = '" + directory.resolve("prefix") + "'\n");
        compile();

        assertThat(audit()).contains(fresh(prefixed()));
        assertThat(audit())
                .as("another interpreter's bytecode in the tree is judged as before")
                .contains("\"pyc\":\"__pycache__/m.cpython-311.pyc\"", "\"verdict\":\"stale\"");
    }

    /**
     * The audited tree is data: freshpyc runs no code of the tree, although the user's interpreter would. The other
     * settings of the user hold.
     */
    @Test
    void codeOfTheTreeDoesNotRunEvenIfPythonPathNamesTheTree() throws Exception {
        Path trace = directory.resolve("trace");
        environment.put("PYTHONPYCACHEPREFIX", directory.resolve("prefix").toString());
        compile();
        Files.writeString(lib.resolve("sitecustomize.py"), "open('" + trace + "', 'w').close()\n");
        environment.put("PYTHONPATH", directory.resolve("other") + ":" + lib);

        assertThat(audit()).contains(fresh(prefixed()));
        assertThat(trace).doesNotExist();

        ask("import sys");
        assertThat(trace).as("the interpreter itself runs the code").exists();
    }

    /** The interpreter is asked without the user's path, whose code must not run; its order counts all the same. */
    @Test
    void explainNamesTheFileOnPythonPathThatHidesAModule() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path trace = directory.resolve("trace");
        new Pairs(first).source("m.py");
        Files.writeString(lib.resolve("sitecustomize.py"), "open('" + trace + "', 'w').close()\n");
        environment.put("PYTHONPATH", first + ":" + lib);

        assertThat(explain(lib.resolve("m.py"))).contains(found(first.resolve("m.py")));
        assertThat(explain(first.resolve("m.py"))).doesNotContain(HIDDEN);
        assertThat(explain(lib.resolve("m.py"), "--isolated")).doesNotContain(HIDDEN);
        assertThat(trace).doesNotExist();
    }

    @Test
    void explainNamesTheFilesThatHideModulesOfTheUserSite() throws Exception {
        Path userSite = Path.of(ask("import site; print(site.getusersitepackages())"));
        Path more = Files.createDirectory(directory.resolve("more"));
        new Pairs(Files.createDirectories(userSite)).stale("dataclasses").stale("m");
        Files.writeString(userSite.resolve("more.pth"), more + "\n");
        new Pairs(more).stale("m");

        assertThat(explain(userSite.resolve("dataclasses.py")))
                .contains(found(Path.of(ask("import dataclasses; print(dataclasses.__file__)"))));
        assertThat(explain(userSite.resolve("m.py"))).doesNotContain(HIDDEN);
        assertThat(explain(more.resolve("m.py"))).contains(found(userSite.resolve("m.py")));
    }

    private static String found(Path other) {
        return "find " + other + HIDDEN;
    }

    private String explain(Path file, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("explain", "--no-index", "--python", python.executable() + ""));
        words.addAll(List.of(options));
        words.add(file.toString());
        CommandLineRun run = run(words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    /**
     * The mtime of the source changes. Refresh, lookup and repair then find the bytecode under the prefix, and the
     * interpreter loads the repaired file.
     */
    @Test
    void refreshRepairAndLookupFollowThePrefix() throws Exception {
        environment.put("PYTHONPYCACHEPREFIX", directory.resolve("prefix").toString());
        compile();
        String index = directory.resolve("index").toString();
        String executable = python.executable().toString();
        Path source = lib.resolve("m.py");
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_600_000_000_000L));

        assertThat(run("refresh", "--index", index, "--python", executable, lib.toString())
                        .out())
                .startsWith("2 seen");
        assertThat(run("lookup", "--index", index, "--pycache-prefix", directory + "/prefix", source.toString())
                        .out())
                .contains(python.tag());
        assertThat(run("lookup", "--index", index, "--pycache-prefix", directory + "/prefix", prefixed())
                        .out())
                .contains(python.tag());
        CommandLineRun repair = run("repair", "--index", index, "--python", executable, lib.toString());
        assertThat(repair.code()).as(repair.out() + repair.err()).isZero();
        assertThat(audit()).contains(fresh(prefixed()));
        assertThat(ask("-v", "import sys; sys.path[:0] = ['" + lib + "']; import m"))
                .doesNotContain("wrote");
        assertThat(lib.resolve("__pycache__").toFile().list())
                .as("nothing new in the tree")
                .hasSize(1);
    }

    /** A repair makes a missing mirrored directory with all its parents, as the interpreter does. */
    @Test
    void expectedBytecodeIsMadeUnderThePrefix() throws Exception {
        Path prefix = directory.resolve("prefix");
        environment.put("PYTHONPYCACHEPREFIX", prefix.toString());
        String index = directory.resolve("index").toString();

        CommandLineRun repair = run(
                "repair",
                "--index",
                index,
                "--python",
                python.executable().toString(),
                "--expect",
                python.tag(),
                lib + "");

        assertThat(repair.code()).as(repair.out() + repair.err()).isZero();
        assertThat(Path.of(prefixed())).isRegularFile();
        assertThat(audit()).contains(fresh(prefixed()));
        assertThat(run("undo", "--index", index, lib + "").code()).isZero();
        assertThat(Path.of(prefixed())).doesNotExist();
    }

    private String prefixed() {
        return directory + "/prefix" + lib + "/m." + python.tag() + ".pyc";
    }

    private static String[] fresh(String pyc) {
        return new String[] {"\"pyc\":\"" + pyc + "\"", "\"verdict\":\"fresh\""};
    }

    private void compile() throws Exception {
        ask("import sys; sys.path[:0] = ['" + lib + "']; sys.dont_write_bytecode = False; import m");
        assertThat(Path.of(prefixed()))
                .as("the file that the interpreter itself wrote")
                .isRegularFile();
    }

    private String audit(String... options) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("audit", "--no-index", "--all", "--format", "jsonl", "--python", python.executable() + ""));
        words.addAll(List.of(options));
        words.add(lib.toString());
        CommandLineRun run = run(words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    /** The entries of the JSON report, in the order of the path. */
    private List<String> entries(String... words) throws Exception {
        List<String> entries = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--python", python.executable().toString()));
        CommandLineRun run = run(all.toArray(String[]::new));
        Matcher paths = ENTRY.matcher(run.out());
        while (paths.find()) {
            entries.add(paths.group(1));
        }
        return entries;
    }

    private static List<String> directories(String lines) {
        return lines.lines().filter(line -> Files.isDirectory(Path.of(line))).toList();
    }

    private String ask(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(python.executable().toString()));
        command.addAll(List.of(options).subList(0, options.length - 1));
        command.addAll(List.of("-c", options[options.length - 1]));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(environment);
        Process started = process.start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(output).isZero();
        return output.strip();
    }

    private CommandLineRun run(String... words) throws Exception {
        ProcessBuilder process = ProgramProcess.ofProgram(List.of(), (Object[]) words);
        process.environment().keySet().removeIf(name -> name.startsWith("PYTHON") || name.equals("FRESHPYC_INDEX"));
        process.environment().putAll(environment);
        process.environment().put("PATH", python.executable().getParent() + ":" + System.getenv("PATH"));
        return ProgramProcess.run(process, "");
    }
}
