package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Real interpreters and {@code audit} agree on what a path of several entries hides, for every combination of modules, packages
 * and parts of namespace packages, and on the modules that the interpreter has built in or frozen.
 */
class PathOrderTest {

    private static final Pattern TEXT = Pattern.compile("\"(entry|pyc|verdict|reason|hider)\":\"([^\"]*)\"");

    /** What an entry may have of a name. */
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
    Stream<DynamicTest> auditFindsWhatTheInterpreterFinds() {
        List<Interpreter> pythons = List.copyOf(Interpreters.all().stream()
                .collect(Collectors.toMap(Interpreter::minorVersion, Function.identity(), (a, b) -> a, TreeMap::new))
                .values());
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream()
                .flatMap(python -> Stream.of(
                        DynamicTest.dynamicTest(python + ", entries", () -> checkEntries(python)),
                        DynamicTest.dynamicTest(python + ", own modules", () -> checkOwn(python))));
    }

    private void checkEntries(Interpreter python) throws IOException {
        List<Path> entries = List.of(directory("a"), directory("b"), directory("c"));
        List<String> names = new ArrayList<>();
        int count = KINDS.size();
        for (int set = 0; set < count * count * count; set++) {
            String name = "m" + set;
            names.addAll(List.of(name, name + ".sub", name + ".deep.sub"));
            int rest = set;
            for (Path entry : entries) {
                for (String suffix : KINDS.get(rest % count)) {
                    write(python, entry.resolve(name + suffix), "");
                }
                rest /= count;
            }
        }
        for (int i = 0; i < 2; i++) { // a package that takes the parts in other entries for its own
            write(python, entries.get(i).resolve("extended/__init__.py"), EXTENDED);
            write(python, entries.get(i).resolve("extended/s" + i + ".py"), "");
        }

        Map<String, String> found = find(python, "find", entries, names);
        Map<String, Map<String, String>> audited = audit(wrapper(python, entries), python);

        int hidden = 0;
        for (Map.Entry<String, Map<String, String>> one : audited.entrySet()) {
            Path file = Path.of(one.getKey());
            if (entries.stream().noneMatch(file::startsWith) || file.toString().contains("extended")) {
                continue;
            }
            Path entry = entries.stream().filter(file::startsWith).findFirst().orElseThrow();
            String stem = stem(entry, file);
            String top = stem.replaceFirst("/.*", "");
            String wanted = found.getOrDefault(stem.replace("/__init__", "").replace('/', '.'), "-");
            String topFile = found.getOrDefault(top, "-");
            String hider = one.getValue().getOrDefault("hider", "-");
            String module = entry.resolve(stem).toString();
            boolean reached = wanted.equals(module + ".py") || wanted.equals(module + ".pyc");
            if (!python.isTagged() && topFile.equals("-")) {
                continue; // 2.7 finds nothing in a directory that is no package
            }
            String expected = reached ? "-" : topFile.equals("-") ? wanted : topFile;
            String shown = hider.equals("-") ? "-" : entry.resolve(hider).toString();
            assertThat(shown).as(file + ": " + found.get(top) + ", " + wanted).isEqualTo(expected);
            hidden += reached ? 0 : 1;
        }
        assertThat(hidden).isGreaterThan(100);
        assertThat(audited)
                .hasEntrySatisfying(
                        pyc(python, entries.get(1).resolve("extended/s1")),
                        finding -> assertThat(finding.get("verdict")).isNotEqualTo("shadowed"));
    }

    private void checkOwn(Interpreter python) throws IOException {
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
            boolean own = List.of("built-in", "frozen").contains(found.get(name));
            assertThat(audited.get(pyc))
                    .as(pyc + " where " + found.get(name))
                    .satisfies(
                            finding -> assertThat(List.of("built-in", "frozen").contains(finding.get("reason")))
                                    .isEqualTo(own));
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createTempDirectory(scratch, name).toRealPath();
    }

    /** A program that starts the interpreter with the entries at the front of its path. */
    private Path wrapper(Interpreter python, List<Path> entries) throws IOException {
        String path = entries.stream().map(Path::toString).collect(Collectors.joining(":"));
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        python.launcher()
                .environment()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append("='")
                        .append(value)
                        .append("'\n"));
        script.append("PYTHONPATH='")
                .append(path)
                .append("' exec '")
                .append(python.executable())
                .append("' \"$@\"\n");
        Path file = Files.createTempFile(
                scratch,
                "python",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, script);
    }

    private static String stem(Path entry, Path pyc) {
        String path = entry.relativize(pyc).toString().replace("__pycache__/", "");
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, path.indexOf('.', name));
    }

    private static String pyc(Interpreter python, Path module) {
        return python.isTagged()
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
        byte[] header = ByteBuffer.allocate(python.headerLength() + 1)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(python.magicNumber() | 0x0a0d0000)
                .array();
        header[header.length - 1] = 'c';
        if (file.toString().endsWith(".pyc")) {
            Files.write(file, header);
            return;
        }
        Files.writeString(file, text);
        Path module = file.resolveSibling(file.getFileName().toString().replace(".py", ""));
        Path pyc = Path.of(pyc(python, module));
        Files.createDirectories(pyc.resolveSibling(""));
        Files.write(pyc, header);
    }

    /** The members of each finding below the test's entries, by the path of the pyc. */
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
