package dev.freshpyc.core.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The origins of the proofs in one file, each with a number of one byte. The last number stands for all origins that found no
 * number of their own.
 */
final class Origins {

    /** How many numbers there are. */
    static final int LIMIT = 255;

    /** Longest stored origin in bytes: a longer one is cut off, so that a header stays small. */
    static final int LENGTH = 200;

    private static final String OTHERS = "several places";

    private final List<String> names = new ArrayList<>();

    /** The number of an origin. */
    int number(String origin) {
        int known = names.indexOf(origin);
        if (known >= 0) {
            return known;
        }
        if (names.size() < LIMIT - 1) {
            names.add(origin);
            return names.size() - 1;
        }
        return names.size() < LIMIT ? added(OTHERS) : LIMIT - 1;
    }

    /** All origins, in the order of their numbers. */
    List<String> names() {
        return List.copyOf(names);
    }

    private int added(String name) {
        names.add(name);
        return names.size() - 1;
    }
}
