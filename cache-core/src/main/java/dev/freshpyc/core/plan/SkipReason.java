package dev.freshpyc.core.plan;

import dev.freshpyc.core.verdict.Reason;

/** Why a repair leaves a file as it is. */
public enum SkipReason {
    AS_WANTED("as-wanted"),
    /** The source is gone: no interpreter loads the file, or no other source is known. */
    NO_SOURCE("no-source"),
    /** No interpreter looks at the file's place. */
    SHADOWED("shadowed"),
    /** A tool wrote the file for itself. */
    OTHER_TOOL("other-tool"),
    /** The file or its source cannot be read. */
    UNREADABLE("unreadable"),
    /** The file or its source changed while the repair looked at them; the next run decides. */
    CHANGING("changing"),
    /** The file could not be judged, for the reason of its verdict. */
    UNDECIDED("undecided"),
    /** The interpreter supports no hash in the header of this file, or freshpyc does not know its hash function. */
    NO_HASH("no-hash-in-its-format"),
    /** No header of the file's format can hold the source's mtime, so no interpreter would ever load the file. */
    UNNAMEABLE_TIME("unnameable-time"),
    /** The file's interpreter was not found. */
    NO_INTERPRETER("no-interpreter"),
    /** A symbolic link on the way to the file or to its source leads out of the tree. */
    LINK("symbolic-link"),
    /** The file has hard links outside the tree. */
    LINKED_OUTSIDE("hard-linked-outside"),
    /** The file's hard links in the tree would need different headers. */
    LINKED_APART("hard-linked-to-different"),
    /**
     * The source must keep its mtime: the run leaves other bytecode of this source, which could match the new mtime.
     */
    MTIME_KEPT("source-mtime-kept"),
    /** The source does not compile. */
    SYNTAX("syntax-error"),
    /** The compiler refused the source, crashed or took too long. */
    NOT_COMPILED("not-compiled"),
    /** A package manager's record lists the file's digest, and the user keeps such files. */
    IN_RECORD("in-package-record"),
    /** The file's module is not in the profile that the user named. */
    NOT_IN_PROFILE("not-in-profile"),
    /** The system refused the write. */
    REFUSED("refused");

    private final String label;

    SkipReason(String label) {
        this.label = label;
    }

    /** What reports add to this word for a file whose verdict has that reason; empty if both words are the same. */
    public String detail(Reason reason) {
        return reason.label().equals(label) ? "" : reason.label();
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
