package dev.freshpyc.cli.oracle;

import java.util.Locale;

/** What becomes of one bytecode file when its module is imported. */
enum Fate {
    LOADS,
    RECOMPILES,
    IGNORES,
    FAILS;

    /** The word that {@code freshpyc} uses for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@code driver.py} saw: the outcome of the import, and whether the bytecode file changed. */
    static Fate of(String outcome, String pyc) {
        return switch (outcome) {
            case "loaded" -> LOADS;
            case "compiled" -> pyc.equals("rewritten") ? RECOMPILES : IGNORES;
            case "absent" -> IGNORES;
            default -> FAILS;
        };
    }
}
