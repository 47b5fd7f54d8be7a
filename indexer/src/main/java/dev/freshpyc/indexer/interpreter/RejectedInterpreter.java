package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.path.RawPath;

/**
 * A program that was considered as an interpreter and not taken.
 *
 * @param reason a predicate whose subject is the program, such as {@code has magic 3571}; safe to print
 */
public record RejectedInterpreter(RawPath program, String reason) {

    /** The program and the reason as one sentence. */
    @Override
    public String toString() {
        return program.shown() + " " + reason;
    }
}
