package dev.freshpyc.cli.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.oracle.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A random tree on disk with its index. */
record RandomTree(Path home, Interpreter python, CodeOracle oracle, List<RandomModule> modules) {

    /** The flags of a header with an unchecked hash (PEP 552). */
    private static final int UNCHECKED = 1;

    static RandomTree of(TreeScenario scenario, Interpreter python, Path home)
            throws IOException, InterruptedException {
        RandomTree tree = new RandomTree(home, python, new CodeOracle(python), new ArrayList<>());
        Files.createDirectories(tree.root());
        Files.createDirectories(tree.outside());
        List<CodeOracle.Order> orders = new ArrayList<>();
        for (ModuleScenario moduleScenario : scenario.modules()) {
            RandomModule module = new RandomModule(tree.root(), moduleScenario, tree.modules.size(), python);
            tree.modules.add(module);
            orders.addAll(module.writeSource());
        }
        tree.oracle.compile(orders, home);
        for (int i = 0; i < scenario.modules().size(); i++) {
            RandomModule module = tree.modules.get(i);
            module.linkAndDelete(tree.outside());
            module.mutate(scenario.modules().get(i).beforeIndex(), module.isHashed());
        }
        if (scenario.indexed()) {
            SettledRefresh.run(tree.index(), tree.root());
        }
        for (int i = 0; i < scenario.modules().size(); i++) {
            RandomModule module = tree.modules.get(i);
            module.mutate(scenario.modules().get(i).afterIndex(), scenario.indexed() || module.isHashed());
        }
        return tree;
    }

    Path root() {
        return home.resolve("lib");
    }

    Path outside() {
        return home.resolve("outside");
    }

    Path index() {
        return home.resolve("index");
    }

    CommandLineRun repair(Policy policy) {
        return CommandLineRun.of(
                "repair",
                "--index",
                index(),
                "--python",
                python.executable(),
                policy.words(python.tag()),
                "--hardlinks",
                "break",
                root());
    }

    /** Sets the mtime of every source to 0, like an image builder. */
    void zeroSourceTimes() throws IOException {
        for (Path file : files(root())) {
            if (file.toString().endsWith(".py")) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
    }

    /** Copies the sources and the sourceless pycs to a new directory and compiles the copy. */
    Path freshCopy() throws IOException {
        Path copy = Files.createTempDirectory(home, "fresh");
        for (Path file : files(root())) {
            boolean isCache = file.toString().contains("__pycache__")
                    || (file.toString().endsWith(".pyc") && Files.exists(sourceBeside(file)));
            if (!isCache) {
                Path target = copy.resolve(root().relativize(file));
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
        oracle.compileAll(copy);
        return copy;
    }

    /** The modules that have, or must get, bytecode of a level. */
    Set<String> withBytecode(int level, Policy policy) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(root())) {
            if (file.toString().endsWith(".py")
                    && (policy.expected().contains(level)
                            || Files.exists(modules.getFirst().pyc(file, level)))) {
                names.add(name(file));
            }
        }
        return names;
    }

    /** The modules whose bytecode of a level has an unchecked hash. */
    Set<String> uncheckedAt(int level) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(root())) {
            Path pyc = modules.getFirst().pyc(file, level);
            if (file.toString().endsWith(".py") && Files.exists(pyc) && isUnchecked(Files.readAllBytes(pyc))) {
                names.add(name(file));
            }
        }
        return names;
    }

    private boolean isUnchecked(byte[] pyc) {
        return python.hasFlags() && pyc.length >= python.headerLength() && pyc[4] == UNCHECKED;
    }

    /**
     * Returns the modules that the repair skipped because their source does not compile. Requires that the repair
     * skipped no other module.
     */
    Set<String> brokenModules(List<String> lines) {
        Set<String> names = new TreeSet<>();
        for (String line : lines) {
            if (line.contains("  left: ")) {
                names.addAll(modules.stream()
                        .filter(module -> module.isBroken() && module.isSkippedIn(line))
                        .map(module -> name(module.source()))
                        .toList());
                assertThat(names).as(line).isNotEmpty();
            }
        }
        return names;
    }

    private String name(Path source) {
        String name = root().relativize(source).toString();
        return name.substring(0, name.length() - ".py".length());
    }

    /** Returns the attributes of every file that show whether the file was changed or replaced. */
    Map<String, Object> attributes() throws IOException {
        Map<String, Object> attributes = new TreeMap<>();
        for (Path file : files(root())) {
            attributes.put(
                    root().relativize(file).toString(),
                    Files.readAttributes(file, "unix:ino,ctime,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                            .toString());
        }
        return attributes;
    }

    Map<String, List<Byte>> outsideContents() throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        for (Path file : files(outside())) {
            List<Byte> bytes = new ArrayList<>();
            for (byte value : Files.readAllBytes(file)) {
                bytes.add(value);
            }
            contents.put(file.toString(), bytes);
        }
        return contents;
    }

    private static Path sourceBeside(Path pyc) {
        String name = pyc.toString();
        return Path.of(name.substring(0, name.length() - 1));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
