package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a running interpreter: its prefixes, the work of its {@code site.py}, and the files that it has loaded.
 *
 * @param prefix {@code sys.prefix}; empty where the interpreter did not say
 * @param basePrefix {@code sys.base_prefix}
 * @param hashChecks {@code _imp.check_hash_based_pycs}: {@code default}, {@code always} or {@code never}
 * @param sites the site directories, existing or not, whose {@code .pth} files were read; none where {@code site.py} did not run
 * @param startModules the modules that {@code site.py} imports after that, if they exist: {@code sitecustomize}, and {@code
 *     usercustomize} where the user's own site-packages count
 * @param running the program file of the process: behind a wrapper, the program that the wrapper started. Empty where
 *     the system does not say
 * @param loaded the program, the shared libraries, and the files of all imported modules with their pycs, sorted
 */
public record InterpreterFacts(
        RawPath prefix,
        RawPath basePrefix,
        String hashChecks,
        List<RawPath> sites,
        List<RawPath> startModules,
        Optional<RawPath> running,
        List<RawPath> loaded) {

    public InterpreterFacts {
        sites = List.copyOf(sites);
        startModules = List.copyOf(startModules);
        loaded = List.copyOf(loaded);
    }

    /**
     * Reads the lines of an answer, each a key and a value in hexadecimal.
     *
     * @throws IllegalArgumentException when a line is no such line
     */
    static InterpreterFacts of(List<String> lines) {
        Map<String, List<RawPath>> values = new LinkedHashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("a fact without a value");
            }
            byte[] value = HexFormat.of().parseHex(line, space + 1, line.length());
            values.computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
                    .add(RawPath.of(value, 0, value.length));
        }
        boolean whole = values.containsKey("whole");
        return new InterpreterFacts(
                first(values, "prefix"),
                first(values, "base"),
                first(values, "checks").shown(),
                values.getOrDefault("site", List.of()),
                values.getOrDefault("imports", List.of()),
                whole ? Optional.of(first(values, "running")) : Optional.empty(),
                values.getOrDefault("loaded", List.of()).stream()
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static RawPath first(Map<String, List<RawPath>> values, String key) {
        return values.getOrDefault(key, List.of(RawPath.EMPTY)).getFirst();
    }
}
