package dev.freshpyc.cli.property;

import dev.freshpyc.cli.oracle.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compiles modules with an interpreter, and finds out which code the interpreter would run. */
record CodeOracle(Interpreter python) {

    private static final String SCRIPT = "codes.py";
    private static final List<String> SILENT = List.of("-W", "ignore");

    /**
     * How an interpreter loads a module.
     *
     * @param how {@code loaded} from bytecode, {@code compiled} or {@code failed}
     * @param code a digest of the code, or the name of the exception
     */
    record LoadResult(String how, String code) {}

    /** A bytecode file to compile. */
    record Order(Path source, Path pyc, int level, ModuleScenario.Kind kind) {}

    /** Compiles every ordered bytecode file. */
    void compile(List<Order> orders, Path scratch) throws IOException {
        Path list = scratch.resolve("orders.txt");
        Files.write(
                list,
                orders.stream()
                        .map(order -> order.source() + "\t" + order.pyc() + "\t" + order.level() + "\t"
                                + (python.hasFlags() ? order.kind().name() : "TIMESTAMP")
                                        .toLowerCase(java.util.Locale.ROOT))
                        .toList());
        python.launcher().run(SCRIPT, SILENT, List.of("compile", list.toString()));
    }

    /** Runs {@code compileall -f} for every level. */
    void compileAll(Path root) {
        python.launcher().run(SCRIPT, SILENT, List.of("compileall", root.toString(), "0", "1", "2"));
    }

    /** Loads every module of every tree, without running it. */
    List<Map<String, LoadResult>> load(int level, boolean strict, Path... roots) {
        List<String> options = new ArrayList<>(SILENT);
        if (level > 0) {
            options.add("-" + "O".repeat(level));
        }
        if (strict) {
            options.addAll(List.of("--check-hash-based-pycs", "always"));
        }
        List<String> arguments = Stream.concat(
                        Stream.of("load"), Stream.of(roots).map(Path::toString))
                .toList();
        List<Map<String, LoadResult>> trees = new ArrayList<>();
        IntStream.range(0, roots.length).forEach(_ -> trees.add(new TreeMap<>()));
        for (String line : python.launcher().run(SCRIPT, options, arguments)) {
            String[] fields = line.split("\t", -1);
            trees.get(Integer.parseInt(fields[0])).put(fields[1], new LoadResult(fields[2], fields[3]));
        }
        return trees;
    }
}
