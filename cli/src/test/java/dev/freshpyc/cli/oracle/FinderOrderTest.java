package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
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
 * Real interpreters and {@code audit} find the same file for a name, for every combination of the files that may have
 * the name. The audit reports bytecode as hidden exactly where the interpreter finds a package or an extension module
 * first.
 */
class FinderOrderTest {

    private static final Pattern TEXT = Pattern.compile("\"(pyc|reason|hider)\":\"([^\"]*)\"");

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> bytecodeIsHiddenWhereTheInterpreterFindsAnotherFileFirst() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream()
                .flatMap(python -> Stream.of(false, true)
                        .flatMap(linked -> modes(python)
                                .map(mode -> DynamicTest.dynamicTest(
                                        python + mode + (linked ? ", directories behind links" : ""),
                                        () -> check(python, mode, linked)))));
    }

    /** The option {@code -O} changes the finder of 2.7 alone: of newer versions, it changes only the names in {@code __pycache__}. */
    private static Stream<String> modes(Interpreter python) {
        return python.isTagged() ? Stream.of("") : Stream.of("", "-O");
    }

    private void check(Interpreter python, String mode, boolean linked) throws IOException {
        Path tree = Files.createTempDirectory(scratch, "tree").toRealPath();
        Path behind = Files.createTempDirectory(scratch, "behind").toRealPath();
        List<List<String>> candidates = candidates(python);
        List<String> names = new ArrayList<>();
        for (int set = 0; set < 1 << candidates.size(); set++) {
            names.add("m" + set);
            for (int bit = 0; bit < candidates.size(); bit++) {
                if ((set & 1 << bit) != 0) {
                    for (String suffix : candidates.get(bit)) {
                        if (linked && suffix.startsWith("/")) {
                            link(tree.resolve("m" + set), behind.resolve("m" + set));
                        }
                        write(python, tree.resolve("m" + set + suffix));
                    }
                }
            }
            if (python.isTagged()) {
                write(python, tree.resolve("__pycache__/m" + set + "." + python.tag() + ".pyc"));
            }
        }
        List<String> found = find(python, mode, tree, names);
        List<String> below = find(
                python, mode, tree, names.stream().map(name -> name + ".sub").toList());
        List<String> legacyBelow = find(
                python, mode, tree, names.stream().map(name -> name + ".old").toList());
        String suffix = mode.isEmpty() ? ".pyc" : ".pyo";
        Map<String, Map<String, String>> audited = audit(tree);

        int hidden = 0;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String expected = hider(name, suffix, found.get(i));
            boolean source = Files.isRegularFile(tree.resolve(name + ".py"));
            if (source && python.isTagged()) {
                String cached = "__pycache__/" + name + "." + python.tag() + ".pyc";
                assertThat(audited.get(cached))
                        .as(cached + " where " + found.get(i))
                        .containsEntry("hider", expected);
                hidden += expected.equals("-") ? 0 : 1;
            }
            if (!source && Files.exists(tree.resolve(name + suffix))) {
                assertThat(audited.get(name + suffix))
                        .as(name + suffix + " where " + found.get(i))
                        .containsEntry("hider", expected);
                hidden += expected.equals("-") ? 0 : 1;
            }
            hidden += checkBelow(python, suffix, tree, name + "/sub", found.get(i), below.get(i), audited);
            hidden += checkBelow(python, suffix, tree, name + "/old", found.get(i), legacyBelow.get(i), audited);
            hidden += checkBelow(python, suffix, tree, name + "/__init__", found.get(i), found.get(i), audited);
        }
        assertThat(hidden).isGreaterThan(names.size() / 5);
    }

    /**
     * Checks the bytecode of one module in a directory; returns 1 if another file hides the bytecode, else 0.
     *
     * @param found the file that an import of the directory's name finds
     * @param below the file that an import of the module finds
     */
    private static int checkBelow(
            Interpreter python,
            String suffix,
            Path tree,
            String stem,
            String found,
            String below,
            Map<String, Map<String, String>> audited) {
        boolean source = Files.isRegularFile(tree.resolve(stem + ".py"));
        int name = stem.indexOf('/') + 1;
        String pyc = source
                ? stem.substring(0, name) + "__pycache__/" + stem.substring(name) + "." + python.tag() + ".pyc"
                : stem + suffix;
        boolean reached = below.equals(stem + ".py") || below.equals(stem + suffix);
        if (!Files.exists(tree.resolve(pyc)) || (found.equals("-") && !reached)) {
            return 0; // 2.7 finds nothing in a directory that is no package
        }
        assertThat(audited.get(pyc))
                .as(pyc + " where " + found + " and " + below)
                .containsEntry("hider", reached ? "-" : found);
        return reached ? 0 : 1;
    }

    private static List<String> find(Interpreter python, String mode, Path tree, List<String> names) {
        List<String> arguments = new ArrayList<>(List.of("find", tree.toString()));
        arguments.addAll(names);
        return python.launcher().run("finder.py", mode.isEmpty() ? List.of() : List.of(mode), arguments);
    }

    private static void link(Path link, Path directory) throws IOException {
        if (!Files.exists(link)) {
            Files.createDirectory(directory);
            Files.createSymbolicLink(link, directory);
        }
    }

    private static String hider(String name, String suffix, String found) {
        return found.equals(name + ".py") || found.equals(name + suffix) ? "-" : found;
    }

    /**
     * The suffixes of the files that may have a name, in groups: extension modules, a package's files, source,
     * bytecode, and files that no interpreter imports.
     */
    private static List<List<String>> candidates(Interpreter python) {
        List<String> suffixes = python.launcher().run("finder.py", List.of(), List.of("suffixes", "."));
        List<List<String>> all = new ArrayList<>();
        suffixes.forEach(suffix -> all.add(List.of(suffix)));
        all.add(List.of(
                "/sub.py",
                "/old.pyc",
                "/old.pyo",
                ".cpython-399-x86_64-linux-gnu.so",
                python.isTagged() ? "module.so" : ".abi3.so"));
        for (String suffix :
                List.of("/__init__.py", "/__init__.pyc", "/__init__" + suffixes.getFirst(), ".py", ".pyc")) {
            all.add(List.of(suffix));
        }
        if (!python.isTagged()) {
            all.add(List.of("/__init__.pyo"));
            all.add(List.of(".pyo"));
        }
        return all;
    }

    private static void write(Interpreter python, Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        String name = file.getFileName().toString();
        if (python.isTagged() && (name.equals("sub.py") || name.equals("__init__.py"))) {
            write(python, file.resolveSibling("__pycache__/" + name.replace("py", python.tag() + ".pyc")));
        }
        Files.write(file, file.toString().matches(".*[.]py[co]") ? python.pyc(0, 0, (byte) 'c') : new byte[0]);
    }

    /**
     * The JSON members of the finding of each bytecode file; {@code hider} is {@code -} if no file hides the bytecode.
     */
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
