package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import java.util.Map;

/**
 * The part of an index that is read without opening the rest.
 *
 * @param info the state that the seals are about
 * @param directories by their path relative to the entry; a directory that is not here has to be looked at by its records
 */
public record Seals(IndexInfo info, Map<RawPath, Seal> directories) {}
