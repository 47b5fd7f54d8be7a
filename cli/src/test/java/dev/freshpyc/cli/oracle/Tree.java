package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A directory with one module for each case. Only {@code tree/} is audited and imported; the other files in {@code
 * home} support it.
 */
record Tree(Path home, Interpreter python, Setting setting, List<Module> modules, Map<Path, SourceTime> times) {
    /** A case on disk. */
    record Module(String name, Path pyc, Case origin) {}

    static Tree make(Path home, Interpreter python, Setting setting, List<Case> cases, Clock clock) throws IOException {
        var tree = new Tree(home.toRealPath(), python, setting, new ArrayList<>(), new HashMap<>());
        Files.createDirectories(tree.root());
        Files.createDirectories(tree.outside("."));
        for (Case origin : cases) {
            tree.modules.add(tree.make("m%05d".formatted(tree.modules.size()), origin));
        }
        clock.set(tree.times());
        return tree;
    }

    Path root() {
        return home.resolve("tree");
    }

    Path prefix() {
        return home.resolve("prefix");
    }

    Path outside(String name) {
        return home.resolve("outside").resolve(name);
    }

    /** The pyc to which the interpreter writes the bytecode of {@code stem} in {@code directory}. */
    Path cache(Path directory, String stem) {
        if (!python.isTagged()) {
            return directory.resolve(stem + ".pyc");
        }
        Path place = setting.prefixed()
                ? prefix().resolve(directory.getRoot().relativize(directory))
                : directory.resolve("__pycache__");
        return place.resolve(cacheName(stem));
    }

    String cacheName(String stem) {
        return stem + "." + python.tag() + setting.suffix() + ".pyc";
    }

    void writeSource(Path file, SourceTime time) throws IOException {
        Files.write(file, python.source());
        times.put(file, time);
    }

    /** Imports every module in one process; returns for each module what the interpreter did with its bytecode file. */
    Map<String, ImportBehavior> imported() throws IOException {
        Path list = home.resolve("modules.txt");
        Files.write(
                list,
                modules.stream()
                        .map(module -> module.name() + "\t" + module.pyc())
                        .toList());
        Launcher launcher = setting.prefixed()
                ? python.launcher().withEnvironment("PYTHONPYCACHEPREFIX", prefix().toString())
                : python.launcher();
        return launcher.run(setting.pythonOptions(), List.of("import", root().toString(), list.toString())).stream()
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(fields -> fields[0], fields -> ImportBehavior.of(fields[1], fields[2])));
    }

    private Module make(String name, Case origin) throws IOException {
        Layout layout = origin.layout();
        Path directory = layout.isPackage() ? Files.createDirectory(root().resolve(name)) : root();
        String stem = layout.isPackage() ? "__init__" : name;
        layout.placeSource(directory.resolve(stem + ".py"), this, origin.time());
        Path pyc = layout.pyc(directory, stem, this);
        layout.placeBytecode(pyc, origin.bytes(python), this);
        return new Module(name, pyc, origin);
    }
}
