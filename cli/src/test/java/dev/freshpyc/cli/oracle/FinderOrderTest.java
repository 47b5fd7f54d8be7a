package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real interpreters and {@code audit} find the same file for a name, for every combination of the files that may have the name:
 * bytecode is hidden exactly where the interpreter finds a package or an extension module first.
 */
class FinderOrderTest {

    private static final Pattern TEXT = Pattern.compile("\"(pyc|reason|hider)\":\"([^\"]*)\"");

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> bytecodeIsHiddenWhereTheInterpreterFindsAnotherFileFirst() {
        List<Interpreter> pythons = List.copyOf(Interpreters.all().stream()
                .collect(Collectors.toMap(Interpreter::minorVersion, Function.identity(), (a, b) -> a, TreeMap::new))
                .values());
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.toString(), () -> check(python)));
    }

    private void check(Interpreter python) throws IOException {
        Path tree = Files.createTempDirectory(scratch, "tree").toRealPath();
        List<List<String>> candidates = candidates(python);
        List<String> names = new ArrayList<>();
        for (int set = 0; set < 1 << candidates.size(); set++) {
            names.add("m" + set);
            for (int bit = 0; bit < candidates.size(); bit++) {
                if ((set & 1 << bit) != 0) {
                    for (String suffix : candidates.get(bit)) {
                        write(python, tree.resolve("m" + set + suffix));
                    }
                }
            }
            if (python.isTagged()) {
                write(python, tree.resolve("__pycache__/m" + set + "." + python.tag() + ".pyc"));
            }
        }
        List<String> arguments = new ArrayList<>(List.of("find", tree.toString()));
        arguments.addAll(names);
        List<String> found = python.launcher().run("finder.py", List.of(), arguments);
        Map<String, Map<String, String>> audited = audit(tree);

        int hidden = 0;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String expected = hider(name, found.get(i));
            boolean source = Files.isRegularFile(tree.resolve(name + ".py"));
            if (source && python.isTagged()) {
                String cached = "__pycache__/" + name + "." + python.tag() + ".pyc";
                assertThat(audited.get(cached))
                        .as(cached + " where " + found.get(i))
                        .containsEntry("hider", expected);
                hidden += expected.equals("-") ? 0 : 1;
            }
            if (!source && Files.exists(tree.resolve(name + ".pyc"))) {
                assertThat(audited.get(name + ".pyc"))
                        .as(name + ".pyc where " + found.get(i))
                        .containsEntry("hider", expected);
                hidden += expected.equals("-") ? 0 : 1;
            }
        }
        assertThat(hidden).isGreaterThan(names.size() / 5);
    }

    private static String hider(String name, String found) {
        return found.equals(name + ".py") || found.equals(name + ".pyc") ? "-" : found;
    }

    /** The files that may have a name, in groups: extension modules, a package's files, source, bytecode, and foreign files. */
    private static List<List<String>> candidates(Interpreter python) {
        List<String> suffixes = python.launcher().run("finder.py", List.of(), List.of("suffixes", "."));
        List<List<String>> all = new ArrayList<>();
        suffixes.forEach(suffix -> all.add(List.of(suffix)));
        all.add(List.of(
                "/other.txt", ".cpython-399-x86_64-linux-gnu.so", python.isTagged() ? "module.so" : ".abi3.so"));
        for (String suffix :
                List.of("/__init__.py", "/__init__.pyc", "/__init__" + suffixes.getFirst(), ".py", ".pyc")) {
            all.add(List.of(suffix));
        }
        return all;
    }

    private static void write(Interpreter python, Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        byte[] header = ByteBuffer.allocate(python.headerLength() + 1)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(python.magicNumber() | 0x0a0d0000)
                .array();
        header[header.length - 1] = 'c';
        Files.write(file, file.toString().endsWith(".pyc") ? header : new byte[0]);
    }

    /** The members of the finding of each bytecode file; {@code hider} is {@code -} where nothing hides the file. */
    private static Map<String, Map<String, String>> audit(Path tree) {
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", tree);
        return run.lines().stream()
                .map(FinderOrderTest::members)
                .collect(Collectors.toMap(finding -> finding.getOrDefault("pyc", "-"), Function.identity()));
    }

    private static Map<String, String> members(String line) {
        Map<String, String> members = new TreeMap<>(Map.of("hider", "-"));
        Matcher matcher = TEXT.matcher(line);
        while (matcher.find()) {
            members.put(matcher.group(1), matcher.group(2));
        }
        return members;
    }
}
