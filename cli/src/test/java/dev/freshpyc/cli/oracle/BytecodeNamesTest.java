package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The audit reports that a file is loaded exactly if a real interpreter loads a file of this name at some optimization
 * level that {@code PYTHONOPTIMIZE} can set.
 */
class BytecodeNamesTest {

    private static final int MTIME = 1_700_000_000;

    /** Values of {@code PYTHONOPTIMIZE}. */
    private static final List<String> LEVELS = List.of("", "1", "2", "3", "77", "0", "01", "x");

    private static final List<String> SUFFIXES = List.of(
            "",
            ".opt-1",
            ".opt-2",
            ".opt-3",
            ".opt-77",
            ".opt-0",
            ".opt-01",
            ".opt-x",
            ".opt-typeguard443",
            ".opt-é",
            ".opt-1_",
            "-pytest-8.3.4",
            "-PYTEST",
            ".other");

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theAuditReportsAFileAsLoadedExactlyIfAnInterpreterLoadsTheFile() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.toString(), () -> check(python)));
    }

    private void check(Interpreter python) throws IOException {
        Path tree = Files.createTempDirectory(scratch, "tree").toRealPath();
        Map<String, Boolean> loaded = new TreeMap<>();
        List<String> modules = new ArrayList<>();
        for (String file : files(python)) {
            String module = "m" + modules.size();
            modules.add(module);
            Path source = Files.write(tree.resolve(module + ".py"), python.source());
            Files.setLastModifiedTime(source, FileTime.fromMillis(MTIME * 1000L));
            Path pyc = tree.resolve(file.replace("NAME", module));
            Files.createDirectories(pyc.resolveSibling(""));
            Files.write(pyc, python.pyc(MTIME, python.source().length, python.code()));
            loaded.put(file.replace("NAME", module), false);
        }
        List<String> names = List.copyOf(loaded.keySet());
        for (String level : LEVELS) {
            List<String> arguments = new ArrayList<>(List.of(tree.toString()));
            names.forEach(name -> arguments.add(stem(name)));
            List<String> outcomes =
                    python.launcher().withEnvironment("PYTHONOPTIMIZE", level).run("names.py", List.of(), arguments);
            for (int i = 0; i < names.size(); i++) {
                loaded.merge(names.get(i), outcomes.get(i).equals("loaded"), Boolean::logicalOr);
            }
        }
        Map<String, Boolean> audited = audit(tree);
        assertThat(audited).isEqualTo(loaded);
        assertThat(loaded).containsValue(true).containsValue(false);
    }

    private static List<String> files(Interpreter python) {
        List<String> files = new ArrayList<>();
        String tag = python.isTagged() ? python.tag() : "cpython-312";
        for (String suffix : SUFFIXES) {
            files.add("__pycache__/NAME." + tag + suffix + ".pyc");
            files.add("NAME." + tag + suffix + ".pyc");
        }
        files.add("__pycache__/NAME." + tag + ".pyo");
        files.add("__pycache__/NAME.1.pyc");
        files.add("NAME.pyo");
        files.add("NAME.opt-1.pyc");
        return files;
    }

    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.indexOf('.'));
    }

    /** Whether the audit says of each file that the interpreter loads the file. */
    private static Map<String, Boolean> audit(Path tree) {
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", tree);
        return run.lines().stream()
                .collect(Collectors.toMap(
                        line -> line.replaceAll(".*\"pyc\":\"([^\"]*)\".*", "$1")
                                .replace("\\u00E9", "é"),
                        line -> line.contains("\"interpreter\":\"loads\""),
                        (a, b) -> a,
                        TreeMap::new));
    }
}
