package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import java.util.Map;

/**
 * Records of one state that were asked for by name.
 *
 * @param info the state
 * @param records by the source relative to the entry; those that have none are not in it
 */
public record Found(IndexInfo info, Map<RawPath, SourceRecord> records) {}
