package dev.freshpyc.cli.oracle;

import java.util.Locale;

/** What an interpreter did with a bytecode file when its module was imported. */
enum ImportBehavior {
    LOADS,
    RECOMPILES,
    IGNORES,
    FAILS;

    /** The word of {@code freshpyc} for this behavior. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Decodes the output of {@code driver.py}: the result of the import, and whether the bytecode file changed. */
    static ImportBehavior of(String outcome, String pyc) {
        return switch (outcome) {
            case "loaded" -> LOADS;
            case "compiled" -> pyc.equals("rewritten") ? RECOMPILES : IGNORES;
            case "absent" -> IGNORES;
            default -> FAILS;
        };
    }
}
