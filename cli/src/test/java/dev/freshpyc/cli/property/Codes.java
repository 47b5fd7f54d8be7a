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

/** An interpreter that compiles, and tells which code it would run. */
record Codes(Interpreter python) {

    private static final String SCRIPT = "codes.py";
    private static final List<String> SILENT = List.of("-W", "ignore");

    /**
     * What became of a module.
     *
     * @param how loaded from bytecode, compiled, or failed
     * @param code a digest of its code, or the exception
     */
    record Outcome(String how, String code) {}

    /** A file to be compiled. */
    record Order(Path source, Path pyc, int level, ModulePlan.Kind kind) {}

    void plant(List<Order> orders, Path scratch) throws IOException {
        Path list = scratch.resolve("orders.txt");
        Files.write(
                list,
                orders.stream()
                        .map(one -> one.source() + "\t" + one.pyc() + "\t" + one.level() + "\t"
                                + (python.hasFlags() ? one.kind().name() : "TIMESTAMP")
                                        .toLowerCase(java.util.Locale.ROOT))
                        .toList());
        python.launcher().run(SCRIPT, SILENT, List.of("plant", list.toString()));
    }

    /** {@code compileall -f}, for every level. */
    void compileAll(Path root) {
        python.launcher().run(SCRIPT, SILENT, List.of("fresh", root.toString(), "0", "1", "2"));
    }

    /** What becomes of each module of each tree. */
    List<Map<String, Outcome>> load(int level, boolean strict, Path... roots) {
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
        List<Map<String, Outcome>> trees = new ArrayList<>();
        IntStream.range(0, roots.length).forEach(_ -> trees.add(new TreeMap<>()));
        for (String line : python.launcher().run(SCRIPT, options, arguments)) {
            String[] fields = line.split("\t", -1);
            trees.get(Integer.parseInt(fields[0])).put(fields[1], new Outcome(fields[2], fields[3]));
        }
        return trees;
    }
}
