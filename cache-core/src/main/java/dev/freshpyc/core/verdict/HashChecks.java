package dev.freshpyc.core.verdict;

/**
 * Which hash-based files an interpreter compares with their source: its option {@code --check-hash-based-pycs} (PEP 552).
 */
public enum HashChecks {
    /** Files whose {@code check_source} flag is set. */
    DEFAULT,
    /** All hash-based files. */
    ALWAYS,
    /** No file. */
    NEVER;

    boolean compares(boolean checkSource) {
        return switch (this) {
            case DEFAULT -> checkSource;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
