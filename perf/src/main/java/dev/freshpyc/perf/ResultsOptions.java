package dev.freshpyc.perf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of {@link Results} that no other bench has.
 *
 * @param only the sections to measure
 * @param growth pairs of the largest tree of all sections
 * @param folder where the file of results lies
 * @param others options that are those of every bench
 */
record ResultsOptions(Set<ResultsPart> only, int growth, Path folder, List<String> others) {

    ResultsOptions {
        only = Set.copyOf(only);
        others = List.copyOf(others);
    }

    /** Parses the options; an {@link IllegalArgumentException} says in one line what is wrong. */
    static ResultsOptions parse(String... words) {
        Set<ResultsPart> only = EnumSet.allOf(ResultsPart.class);
        int growth = 1_000_000;
        Path folder = Path.of("perf");
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String option = words[i];
            switch (option) {
                case "--only" -> only = parts(value(words, ++i));
                case "--growth" ->
                    growth = BenchOptions.parse("--pairs", value(words, ++i)).pairs();
                case "--output" -> folder = Path.of(value(words, ++i));
                default -> others.add(option);
            }
        }
        return new ResultsOptions(only, growth, folder, others);
    }

    private static String value(String[] words, int at) {
        if (at == words.length) {
            throw new IllegalArgumentException(words[at - 1] + " needs a value");
        }
        return words[at];
    }

    private static Set<ResultsPart> parts(String names) {
        Set<ResultsPart> parts = EnumSet.noneOf(ResultsPart.class);
        for (String name : names.split(",", -1)) {
            parts.add(ResultsPart.of(name.toLowerCase(Locale.ROOT)));
        }
        return parts;
    }
}
