package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import java.util.Map;

/**
 * The seals of one generation.
 *
 * @param info the generation
 * @param directories by path relative to the entry; for any other directory the records must be read
 */
public record Seals(IndexInfo info, Map<RawPath, Seal> directories) {}
