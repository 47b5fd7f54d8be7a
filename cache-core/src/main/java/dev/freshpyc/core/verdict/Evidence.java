package dev.freshpyc.core.verdict;

/** What a verdict rests on, strongest first: a weaker one never overrides a stronger one that disagrees. */
public enum Evidence {
    /** Compiled again by the interpreter that it is for: the code is equal. */
    RECOMPILED("recompiled"),
    /** The hash in the header against the hash of the source. */
    HASH_HEADER("hash-header"),
    /** An earlier run recorded both contents as a proven pair, and they are the same or are not. */
    INDEX("index"),
    /** The package manager's digests vouch for source and bytecode. */
    MANIFEST("manifest"),
    /** The header's own bytes: its mtime and size against the source's, its magic, its length. */
    HEADER("header"),
    /** The operator said so. */
    ASSUMED("assumed");

    private final String label;

    Evidence(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
