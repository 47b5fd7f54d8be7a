package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;

/** Bytecode that every source ought to have: without such a wish an absent file is no finding. */
public record Expected(CacheTag tag, OptimizationLevel level) {}
