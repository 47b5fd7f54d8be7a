package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Sha256;

/** The code that an interpreter makes for a task, by its digest. */
public record TaskCode(CompileTask task, Sha256 code) {}
