package dev.freshpyc.core.verdict;

/** Which hash-based files an interpreter compares with their source: its option {@code --check-hash-based-pycs} (PEP 552). */
public enum HashChecks {
    /** Those that ask for it. */
    DEFAULT,
    /** All. */
    ALWAYS,
    /** None. */
    NEVER;

    boolean compares(boolean checkSource) {
        return switch (this) {
            case DEFAULT -> checkSource;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
