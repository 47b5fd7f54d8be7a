package dev.freshpyc.cli.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.LateRefresh;
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

/** A random tree on disk, its index, and a copy of its sources that a fresh {@code compileall -f} has seen. */
record GrownTree(Path home, Interpreter python, Codes codes, List<GrownModule> modules) {

    static GrownTree of(Plan plan, Interpreter python, Path home) throws IOException, InterruptedException {
        GrownTree tree = new GrownTree(home, python, new Codes(python), new ArrayList<>());
        Files.createDirectories(tree.root());
        Files.createDirectories(tree.outside());
        List<Codes.Order> orders = new ArrayList<>();
        for (ModulePlan one : plan.modules()) {
            GrownModule module = new GrownModule(tree.root(), one, tree.modules.size(), python);
            tree.modules.add(module);
            orders.addAll(module.sow());
        }
        tree.codes.plant(orders, home);
        for (int i = 0; i < plan.modules().size(); i++) {
            GrownModule module = tree.modules.get(i);
            module.settle(tree.outside());
            module.happen(plan.modules().get(i).early(), module.isHashed());
        }
        if (plan.indexed()) {
            LateRefresh.run(tree.index(), tree.root());
        }
        for (int i = 0; i < plan.modules().size(); i++) {
            GrownModule module = tree.modules.get(i);
            module.happen(plan.modules().get(i).late(), plan.indexed() || module.isHashed());
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
        List<Object> words = new ArrayList<>(List.of("repair", "--index", index(), "--python", python.executable()));
        words.addAll(policy.words(python.tag()));
        words.addAll(List.of("--hardlinks", "break", root()));
        return CommandLineRun.of(words.toArray());
    }

    /** As an image builder will do. */
    void zeroSourceTimes() throws IOException {
        for (Path file : files(root())) {
            if (file.toString().endsWith(".py")) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
    }

    /** The sources, and bytecode that is all there is of a module, copied elsewhere and compiled. */
    Path fresh() throws IOException {
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
        codes.compileAll(copy);
        return copy;
    }

    /** The modules that have bytecode of a level, or are to have it. */
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

    /**
     * The modules of which a repair said that it could not mend them since their source is not Python any more; nothing else
     * may be left.
     */
    Set<String> believedThoughFaulty(List<String> lines) {
        Set<String> names = new TreeSet<>();
        for (String line : lines) {
            if (line.contains("  left: ")) {
                names.addAll(modules.stream()
                        .filter(module -> module.isBroken() && module.isLeftBy(line))
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

    /** Every file, and what tells whether it was touched. */
    Map<String, Object> touches() throws IOException {
        Map<String, Object> touches = new TreeMap<>();
        for (Path file : files(root())) {
            touches.put(
                    root().relativize(file).toString(),
                    Files.readAttributes(file, "unix:ino,ctime,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                            .toString());
        }
        return touches;
    }

    Map<String, List<Byte>> outsideContents() throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        for (Path file : files(outside())) {
            List<Byte> bytes = new ArrayList<>();
            for (byte one : Files.readAllBytes(file)) {
                bytes.add(one);
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
