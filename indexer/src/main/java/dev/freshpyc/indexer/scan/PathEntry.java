package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;

/**
 * One entry of the path that is scanned.
 *
 * @param path as it was given, or as the interpreter has it in {@code sys.path}
 * @param index its place on the path, from 0
 */
public record PathEntry(RawPath path, int index) {}
