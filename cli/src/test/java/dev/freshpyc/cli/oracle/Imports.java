package dev.freshpyc.cli.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The output of {@code python -v} for the import of every module of a tree.
 *
 * @param values the {@code VALUE} of each module
 * @param failed the modules that could not be imported
 * @param loaded the number of modules that were loaded from bytecode
 * @param compiled the output lines about modules that were compiled, rejected or written
 */
record Imports(Map<String, String> values, List<String> failed, int loaded, List<String> compiled) {

    static Imports of(Interpreter python, Path root, String... options) {
        List<String> all = new ArrayList<>(List.of("-v"));
        all.addAll(List.of(options));
        Map<String, String> values = new HashMap<>();
        List<String> failed = new ArrayList<>();
        List<String> compiled = new ArrayList<>();
        int loaded = 0;
        for (String line : python.launcher().run("modules.py", all, List.of("import", root.toString()))) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("VALUE")) {
                values.put(words[1], words[2]);
            } else if (words[0].equals("FAILED")) {
                failed.add(words[1]);
            } else if (line.contains(root.toString())) {
                loaded += isLoad(line) ? 1 : 0;
                if (isCompilation(line)) {
                    compiled.add(line);
                }
            }
        }
        return new Imports(values, failed, loaded, compiled);
    }

    /** Python 3 prints {@code # code object from '/x.pyc'}, Python 2 {@code import x # precompiled from /x.pyc}. */
    private static boolean isLoad(String line) {
        return (line.startsWith("# code object from '") && line.endsWith(".pyc'"))
                || line.contains("# precompiled from ");
    }

    private static boolean isCompilation(String line) {
        return (line.startsWith("# code object from ") && !line.endsWith(".pyc'"))
                || line.matches("import .* # from .*\\.py")
                || line.contains("bytecode is stale")
                || line.contains("has bad m")
                || line.startsWith("# wrote ");
    }
}
