package dev.freshpyc.perf.startup;

/** A state of the bytecode that a command starts with. */
public enum StartState {
    /** The user's own environment and tree; bytecode that the command would write is not written. */
    AS_IS(false),
    /** Every pyc is valid and has the kind of header that it has in the tree: what a repair leaves. */
    REPAIRED(false),
    /** Every timestamp differs from that of its source, and the command replaces the pycs. */
    STALE(true),
    /** Every timestamp differs, and nothing is written: every start compiles everything, as on an image with clamped times. */
    STALE_READONLY(false),
    /** There is no bytecode, and the command writes it: the first start after an installation. */
    NONE(true),
    /** Every pyc is valid by the timestamp and the size of its source. */
    TIMESTAMP(false),
    /** Every pyc has the hash of its source, which the interpreter reads and compares. */
    CHECKED_HASH(false),
    /** Every pyc has a hash that the interpreter does not compare. */
    UNCHECKED_HASH(false);

    private final boolean writes;

    StartState(boolean writes) {
        this.writes = writes;
    }

    /** Whether the command may write bytecode, so that the state is restored before each run. */
    boolean writes() {
        return writes;
    }
}
