package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;

/**
 * A body and the source that it was compiled from, by their contents.
 *
 * @param source SHA-256 of the source
 * @param magic of the interpreter that compiled the body
 * @param level the optimization level that the body was compiled at
 * @param body SHA-256 of the body
 */
public record ProvenPair(Sha256 source, Magic magic, OptimizationLevel level, Sha256 body) {}
