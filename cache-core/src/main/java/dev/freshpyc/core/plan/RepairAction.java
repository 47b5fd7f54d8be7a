package dev.freshpyc.core.plan;

import dev.freshpyc.core.verdict.Evidence;

/** What a repair does with one bytecode file. */
public sealed interface RepairAction {

    /** Whether the body stays, and an interpreter will load it. */
    default boolean keepsBody() {
        return this instanceof Restamp
                || equals(new Leave(SkipReason.AS_WANTED))
                || equals(new Report(SkipReason.NO_HASH));
    }

    /** Leaves the file: it is as wanted, or no repair concerns it. */
    record Leave(SkipReason why) implements RepairAction {}

    /**
     * Writes a new header over the unchanged body.
     *
     * @param evidence why the body counts as compiled from the source
     */
    record Restamp(Evidence evidence) implements RepairAction {}

    /** Compiles the source and writes the whole file. */
    record Recompile() implements RepairAction {}

    /** Reports the file: it is not as wanted, and a repair cannot help. */
    record Report(SkipReason why) implements RepairAction {}
}
