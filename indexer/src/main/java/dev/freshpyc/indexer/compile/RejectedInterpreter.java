package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;

/**
 * A program that could have been the interpreter that was looked for, and was not taken.
 *
 * @param why safe to print
 */
public record RejectedInterpreter(RawPath program, String why) {}
