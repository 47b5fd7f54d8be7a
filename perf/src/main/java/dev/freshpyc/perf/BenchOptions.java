package dev.freshpyc.perf;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a bench.
 *
 * @param freshpyc the distribution's launcher
 * @param subject a command to measure instead of {@code freshpyc audit}; the word TREE stands for the tree
 * @param tree a tree to measure on; null to build one
 * @param pairs smallest number of sources with bytecode in the built tree; in {@link GrowthBench} the largest
 * @param large measure at {@value #LARGE_PAIRS} pairs and at twice as many
 * @param keep leave the built tree in place
 * @param folder where the tree is built, which decides the measured file system
 */
record BenchOptions(
        Path freshpyc,
        @Nullable List<String> subject,
        @Nullable Path tree,
        int pairs,
        int runs,
        boolean large,
        boolean keep,
        String python,
        Path folder) {

    static final int LARGE_PAIRS = 100_000;

    /** Parses the options; an {@link IllegalArgumentException} says in one line what is wrong. */
    static BenchOptions parse(String... words) {
        OptionsDraft draft = new OptionsDraft();
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        while (!rest.isEmpty()) {
            draft.take(rest.pop(), rest);
        }
        return draft.finished();
    }

    /** These options with another size of the tree. */
    BenchOptions withPairs(int wanted) {
        return new BenchOptions(freshpyc, subject, tree, wanted, runs, large, keep, python, folder);
    }

    /** Refuses the options that few benches have: this bench builds its tree and measures freshpyc. */
    void requireBuiltTree() {
        if (subject != null || tree != null || large) {
            throw new IllegalArgumentException("--subject, --tree and --large are options of other benches");
        }
    }

    /** The options parsed so far. */
    private static final class OptionsDraft {
        private Path freshpyc = Path.of("cli/target/freshpyc/bin/freshpyc");
        private @Nullable List<String> subject;
        private @Nullable Path tree;
        private int pairs = 14_000;
        private int runs = 11;
        private boolean large;
        private boolean keep;
        private String python = "python3";
        private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

        void take(String option, Deque<String> rest) {
            switch (option) {
                case "--large" -> large = true;
                case "--keep" -> keep = true;
                case "--freshpyc" -> freshpyc = path(option, rest);
                case "--subject" ->
                    subject = List.of(value(option, rest).strip().split("\\s+", -1));
                case "--tree" -> tree = path(option, rest);
                case "--pairs" -> pairs = count(option, rest);
                case "--runs" -> runs = count(option, rest);
                case "--python" -> python = value(option, rest);
                case "--temp" -> folder = path(option, rest);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }

        BenchOptions finished() {
            if (large && tree != null) {
                throw new IllegalArgumentException("--large builds its own trees: leave --tree out");
            }
            int wanted = large ? LARGE_PAIRS : pairs;
            return new BenchOptions(freshpyc, subject, tree, wanted, runs, large, keep, python, folder);
        }

        private static String value(String option, Deque<String> rest) {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return rest.pop();
        }

        private static Path path(String option, Deque<String> rest) {
            return Path.of(value(option, rest)).toAbsolutePath();
        }

        private static int count(String option, Deque<String> rest) {
            String value = value(option, rest);
            if (!value.matches("[1-9]\\d{0,6}")) {
                throw new IllegalArgumentException(option + " needs a number from 1 to 9999999, not " + value);
            }
            return Integer.parseInt(value);
        }
    }
}
