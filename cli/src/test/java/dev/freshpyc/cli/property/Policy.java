package dev.freshpyc.cli.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a repair.
 *
 * @param expected the levels for which every module must get bytecode
 * @param strict whether the interpreter runs with {@code --check-hash-based-pycs always} after the repair
 */
record Policy(
        Target target,
        String write,
        String durability,
        boolean share,
        int workers,
        Set<Integer> expected,
        boolean strict) {

    /** A time between the mtimes of the sources and equal to none of them. */
    static final long CLAMP = 1_600_000_205;

    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    enum Target {
        AUTO("auto"),
        CHECKED_HASH("checked-hash"),
        UNCHECKED_HASH("unchecked-hash"),
        TIMESTAMP("timestamp"),
        ZERO_MTIME("zero-mtime"),
        ZERO_MTIMES("zero-mtime", "--zero-source-mtime"),
        CLAMPED("timestamp", "--clamp-mtime=" + CLAMP, "--set-source-mtime");

        private final List<String> words;

        Target(String... words) {
            this.words = List.of(words);
        }

        boolean isHash() {
            return this == AUTO || this == CHECKED_HASH || this == UNCHECKED_HASH;
        }
    }

    /** This policy, without hashes if the interpreter does not support them. */
    Policy adaptedTo(boolean hashes) {
        Target possible = hashes || !target.isHash() ? target : Target.AUTO;
        return new Policy(possible, write, durability, share, workers, expected, strict && hashes);
    }

    List<String> words(String tag) {
        List<String> words = new ArrayList<>(List.of("--to"));
        words.addAll(target.words);
        words.addAll(List.of("--write", write, "--durability", durability, "-j", Integer.toString(workers)));
        if (share) {
            words.add("--share");
        }
        if (!expected.isEmpty()) {
            words.add("--expect");
            words.add(expected.stream().map(level -> tag + ":" + level).collect(Collectors.joining(",")));
        }
        return words;
    }
}
