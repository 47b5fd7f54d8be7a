package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Map;

/**
 * Records of one generation, asked for by name.
 *
 * @param info the generation
 * @param records by the path of the source relative to the entry; without the sources that have no record
 */
public record Found(IndexInfo info, Map<RawPath, SourceRecord> records) {}
