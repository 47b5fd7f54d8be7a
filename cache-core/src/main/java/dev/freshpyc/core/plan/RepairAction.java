package dev.freshpyc.core.plan;

import dev.freshpyc.core.verdict.Evidence;

/** What is to be done with one bytecode file. */
public sealed interface RepairAction {

    /** Nothing: it is as wanted, or none of a repair's business. */
    record Leave(SkipReason why) implements RepairAction {}

    /**
     * Its header is to be written anew, since its body is its source's.
     *
     * @param evidence on what that rests
     */
    record Restamp(Evidence evidence) implements RepairAction {}

    /** It is to be compiled from its source. */
    record Recompile() implements RepairAction {}

    /** It is not as wanted, and a repair cannot help. */
    record Report(SkipReason why) implements RepairAction {}
}
