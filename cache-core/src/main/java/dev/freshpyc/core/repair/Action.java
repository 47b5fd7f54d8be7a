package dev.freshpyc.core.repair;

import dev.freshpyc.core.verdict.Evidence;

/** What is to be done with one bytecode file. */
public sealed interface Action {

    /** Nothing: it is as wanted, or none of a repair's business. */
    record Leave(Left why) implements Action {}

    /**
     * Its header is to be written anew, since its body is its source's.
     *
     * @param evidence on what that rests
     */
    record Restamp(Evidence evidence) implements Action {}

    /** It is to be compiled from its source. */
    record Recompile() implements Action {}

    /** It is not as wanted, and a repair cannot help. */
    record Report(Left why) implements Action {}
}
