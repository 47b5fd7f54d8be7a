package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares {@code audit} with real interpreters on a path of three directories and archives. Both must agree on the
 * file that hides another, for every combination of modules, packages and parts of namespace packages, and on the
 * modules that the interpreter has built in or frozen.
 */
class PathOrderTest {

    private static final Pattern TEXT = Pattern.compile("\"(entry|pyc|verdict|reason|hider)\":\"([^\"]*)\"");

    private static final int ENTRIES = 3;

    /** Bit masks of the entries that are archives: no entry, the middle entry, the first and the last entry. */
    private static final int[] ARCHIVES = {0, 0b010, 0b101};

    /** The suffixes of the files that an entry may have for a name. */
    private static final List<List<String>> KINDS = List.of(
            List.of(),
            List.of(".py"),
            List.of("/__init__.py", "/sub.py"),
            List.of("/sub.py", "/deep/sub.py"),
            List.of(".pyc"));

    private static final String EXTENDED = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theAuditFindsTheFilesThatTheInterpreterFinds() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream()
                .flatMap(python -> Stream.concat(
                        Stream.of(DynamicTest.dynamicTest(
                                python + ", built-in and frozen modules", () -> checkBuiltInAndFrozen(python))),
                        IntStream.of(isReadFromArchives(python) ? ARCHIVES : new int[1])
                                .mapToObj(packed -> DynamicTest.dynamicTest(
                                        python + ", archives " + Integer.toBinaryString(packed),
                                        () -> checkEntries(python, packed)))));
    }

    private static boolean isReadFromArchives(Interpreter python) {
        return python.isTagged() && python.minorVersion().startsWith("cpython");
    }

    /** @param packed the bit mask of the entries that are archives */
    private void checkEntries(Interpreter python, int packed) throws IOException {
        List<Path> directories = List.of(directory("a"), directory("b"), directory("c"));
        List<String> names = new ArrayList<>();
        int count = KINDS.size();
        for (int set = 0; set < count * count * count; set++) {
            String name = "m" + set;
            names.addAll(List.of(name, name + ".sub", name + ".deep.sub"));
            int rest = set;
            for (Path entry : directories) {
                for (String suffix : KINDS.get(rest % count)) {
                    write(python, entry.resolve(name + suffix), "");
                }
                rest /= count;
            }
        }
        for (int i = 0; i < 2; i++) { // a package whose path includes its parts in other entries
            write(python, directories.get(i).resolve("extended/__init__.py"), EXTENDED);
            write(python, directories.get(i).resolve("extended/s" + i + ".py"), "");
        }
        List<Path> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            boolean archive = (packed >> i & 1) != 0;
            entries.add(archive ? pack(python, directories.get(i)) : directories.get(i));
        }

        Map<String, String> found = find(python, "find", entries, names);
        Map<String, Map<String, String>> audited = audit(wrapper(python, entries), python);

        int hidden = 0;
        for (Map.Entry<String, Map<String, String>> auditedFile : audited.entrySet()) {
            Path file = Path.of(auditedFile.getKey());
            if (entries.stream().noneMatch(file::startsWith) || file.toString().contains("extended")) {
                continue;
            }
            Path entry = entries.stream().filter(file::startsWith).findFirst().orElseThrow();
            String stem = stem(entry, file);
            String top = stem.replaceFirst("/.*", "");
            String wanted = found.getOrDefault(stem.replace("/__init__", "").replace('/', '.'), "-");
            String topFile = found.getOrDefault(top, "-");
            String hider = auditedFile.getValue().getOrDefault("hider", "-");
            String module = entry.resolve(stem).toString();
            boolean reached = wanted.equals(module + ".py") || wanted.equals(module + ".pyc");
            if (!python.isTagged() && topFile.equals("-")) {
                continue; // 2.7 finds nothing in a directory that is no package
            }
            String expected = reached ? "-" : topFile.equals("-") ? wanted : topFile;
            String shown =
                    hider.equals("-") ? "-" : entry.resolve(hider).toString().replace("!/", "/");
            assertThat(shown).as(file + ": " + found.get(top) + ", " + wanted).isEqualTo(expected);
            hidden += reached ? 0 : 1;
        }
        assertThat(hidden).isGreaterThan(200);
        assertThat(audited)
                .hasEntrySatisfying(
                        pyc(python, entries.get(1).resolve("extended/s1")),
                        finding -> assertThat(finding.get("verdict")).isNotEqualTo("shadowed"));
    }

    @Test
    void anIndexedArchiveIsAuditedAndExplainedInPathOrder() throws Exception {
        Interpreter python = Interpreters.all().stream()
                .filter(PathOrderTest::isReadFromArchives)
                .findFirst()
                .orElseThrow();
        Path first = directory("first");
        Path second = directory("second");
        write(python, first.resolve("m.py"), "");
        write(python, second.resolve("m.py"), "");
        Path archive = pack(python, second);
        Path index = scratch.resolve("index");
        Path wrapper = wrapper(python, List.of(first, archive));
        SettledRefresh.run(index, archive);

        CommandLineRun audit =
                CommandLineRun.of("audit", "-q", "--index", index, "--all", "--format", "jsonl", "--python", wrapper);
        String member = archive + "!/m.pyc";
        assertThat(audit.lines().stream().filter(line -> line.contains(member)))
                .singleElement()
                .asString()
                .contains("\"reason\":\"other-entry\"", "\"hider\":\"" + first.resolve("m.py") + "\"");
        assertThat(CommandLineRun.of("explain", "--index", index, "--python", wrapper, member)
                        .out())
                .contains(
                        "imports   find " + first.resolve("m.py") + " in place of this source",
                        "shadowed (other-entry)",
                        "it imports " + first.resolve("m.py") + " instead");
    }

    private void checkBuiltInAndFrozen(Interpreter python) throws IOException {
        Path entry = directory("own");
        List<String> names = new ArrayList<>(List.of("ordinary", "ordinary2"));
        names.addAll(find(python, "own", List.of(entry), List.of()).values());
        for (String name : names) {
            write(python, entry.resolve(name.replace('.', '/') + ".py"), "");
        }

        Map<String, String> found = find(python, "meta", List.of(entry), names);
        Map<String, Map<String, String>> audited = audit(wrapper(python, List.of(entry)), python);

        for (String name : names) {
            if (name.contains(".")) {
                continue; // the package above is found elsewhere
            }
            String pyc = pyc(python, entry.resolve(name));
            boolean builtInOrFrozen = List.of("built-in", "frozen").contains(found.get(name));
            assertThat(audited.get(pyc))
                    .as(pyc + " where " + found.get(name))
                    .satisfies(
                            finding -> assertThat(List.of("built-in", "frozen").contains(finding.get("reason")))
                                    .isEqualTo(builtInOrFrozen));
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createTempDirectory(scratch, name).toRealPath();
    }

    /** A program that starts the interpreter with the entries at the front of its path. */
    private Path wrapper(Interpreter python, List<Path> entries) throws IOException {
        String path = entries.stream().map(Path::toString).collect(Collectors.joining(":"));
        return python.launcher().wrapper(scratch, path, List.of());
    }

    private static Path pack(Interpreter python, Path directory) {
        python.launcher().run("finder.py", List.of(), List.of("pack", directory.toString()));
        return directory.resolveSibling(directory.getFileName() + ".zip");
    }

    private static String stem(Path entry, Path pyc) {
        String path = entry.relativize(pyc).toString().replace("__pycache__/", "");
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, path.indexOf('.', name));
    }

    private static String pyc(Interpreter python, Path module) {
        return python.isTagged() && !module.toString().contains(".zip/")
                ? module.resolveSibling("__pycache__/" + module.getFileName() + "." + python.tag() + ".pyc")
                        .toString()
                : module + ".pyc";
    }

    private static Map<String, String> find(Interpreter python, String mode, List<Path> entries, List<String> names) {
        List<String> arguments = new ArrayList<>(
                List.of(mode, entries.stream().map(Path::toString).collect(Collectors.joining(":"))));
        arguments.addAll(names);
        List<String> lines = python.launcher().run("finder.py", List.of(), arguments);
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean path = !names.isEmpty() && lines.get(i).contains("py");
            String line =
                    path ? entries.getFirst().resolve(lines.get(i)).normalize().toString() : lines.get(i);
            found.put(names.isEmpty() ? line : names.get(i), line);
        }
        return found;
    }

    private static void write(Interpreter python, Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        byte[] bytecode = python.pyc(0, 0, (byte) 'c');
        if (file.toString().endsWith(".pyc")) {
            Files.write(file, bytecode);
            return;
        }
        Files.writeString(file, text);
        Path module = file.resolveSibling(file.getFileName().toString().replace(".py", ""));
        Path pyc = Path.of(pyc(python, module));
        Files.createDirectories(pyc.resolveSibling(""));
        Files.write(pyc, bytecode);
    }

    /** The JSON members of each finding below the entries of the test, by the path of the pyc. */
    private Map<String, Map<String, String>> audit(Path python, Interpreter interpreter) {
        CommandLineRun run = CommandLineRun.of(
                "audit",
                "-q",
                "--no-index",
                "--all",
                "--format",
                "jsonl",
                "--exclude",
                "site-packages",
                "--python",
                python);
        assertThat(run.out()).as(interpreter + run.err()).isNotEmpty();
        Map<String, Map<String, String>> findings = new HashMap<>();
        for (String line : run.lines()) {
            Map<String, String> members = new TreeMap<>();
            Matcher matcher = TEXT.matcher(line);
            while (matcher.find()) {
                members.put(matcher.group(1), matcher.group(2));
            }
            String entry = members.getOrDefault("entry", "");
            if (entry.startsWith(scratch.toString()) || entry.contains("/own")) {
                findings.put(entry + "/" + members.get("pyc"), members);
            }
        }
        return findings;
    }
}
