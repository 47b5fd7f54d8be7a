package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;

/** A pyc that every source should have. An absent pyc is a finding only where the user named its tag and level. */
public record Expected(CacheTag tag, OptimizationLevel level) {}
