package dev.freshpyc.core.plan;

/** Why a file was left as it is. */
public enum SkipReason {
    AS_WANTED("as-wanted"),
    /** Its source is gone: nobody loads it, or nobody knows another source. */
    NO_SOURCE("no-source"),
    /** Nobody looks where it lies. */
    SHADOWED("shadowed"),
    /** It or its source cannot be read. */
    UNREADABLE("unreadable"),
    /** It or its source changed while it was looked at: the next run decides. */
    CHANGING("changing"),
    /** Its interpreter knows no hash-based bytecode, or hashes in a way of its own. */
    NO_HASH("no-hash-in-its-format"),
    /** No header of its format can name its source's mtime, so no interpreter would ever load it. */
    UNNAMEABLE_TIME("unnameable-time"),
    /** The interpreter that it is for is not at hand. */
    NO_INTERPRETER("no-interpreter"),
    /** It or its source is a symbolic link, or lies behind one. */
    LINK("symbolic-link"),
    /** It has names outside the tree. */
    LINKED_OUTSIDE("hard-linked-outside"),
    /** Its names in the tree would have to get different headers. */
    LINKED_APART("hard-linked-to-different"),
    /** Its source does not compile. */
    SYNTAX("syntax-error"),
    /** The compiler refused it, crashed or took too long. */
    NOT_COMPILED("not-compiled"),
    /** The system refused to write. */
    REFUSED("refused");

    private final String label;

    SkipReason(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
