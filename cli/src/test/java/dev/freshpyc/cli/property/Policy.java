package dev.freshpyc.cli.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a tree is repaired.
 *
 * @param expected the levels of which every module is to have bytecode
 * @param strict whether the interpreter is told afterwards to compare hashes that nobody else would
 */
record Policy(
        Target target,
        String write,
        String durability,
        boolean share,
        int workers,
        Set<Integer> expected,
        boolean strict) {

    /** Between the sources' own times, and equal to none of them. */
    static final long CLAMP = 1_600_000_205;

    @SuppressWarnings("ImmutableEnumChecker") // the list is one that cannot be changed
    enum Target {
        AUTO("auto"),
        CHECKED_HASH("checked-hash"),
        UNCHECKED_HASH("unchecked-hash"),
        TIMESTAMP("timestamp"),
        ZERO_MTIME("zero-mtime"),
        ZERO_MTIMES("zero-mtime", "--zero-source-mtime"),
        CLAMPED("timestamp", "--clamp-mtime", Long.toString(CLAMP), "--set-source-mtime");

        private final List<String> words;

        Target(String... words) {
            this.words = List.of(words);
        }

        boolean isHash() {
            return this == AUTO || this == CHECKED_HASH || this == UNCHECKED_HASH;
        }
    }

    /** The same for an interpreter that may know no hashes. */
    Policy suiting(boolean hashes) {
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
