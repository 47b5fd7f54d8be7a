package dev.freshpyc.core.verdict;

/** What a verdict rests on, strongest first. Weaker evidence never overrides stronger evidence that disagrees. */
public enum Evidence {
    /** The interpreter of the file compiled the source again, and the code is equal. */
    RECOMPILED("recompiled"),
    /** The hash in the header was compared with the hash of the source. */
    HASH_HEADER("hash-header"),
    /**
     * An earlier run recorded the contents of source and body as a proven pair; the present contents were compared with
     * those.
     */
    INDEX("index"),
    /** The same two contents were proven elsewhere: at another path, or on another machine. */
    PROOF("proof"),
    /** A hash-equivalence server that the operator named says which code the interpreter makes of the source, and the code is equal. */
    EQUIVALENCE("equivalence"),
    /** A package manager's manifest lists the digests that source and bytecode have. */
    MANIFEST("manifest"),
    /** The header alone: its magic and length, and its mtime and size compared with those of the source. */
    HEADER("header"),
    /** The operator said so. */
    ASSUMED("assumed");

    private final String label;

    Evidence(String label) {
        this.label = label;
    }

    /** Whether this evidence is as strong as {@code other}, or stronger. */
    public boolean isAtLeast(Evidence other) {
        return compareTo(other) <= 0;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
