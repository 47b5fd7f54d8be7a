package dev.freshpyc.core.lookup;

import dev.freshpyc.core.record.SourceRecord;
import java.util.Optional;

/** What an index said of a source, which may be that it has no record: the near cache keeps that as well. */
record Answer(Optional<SourceRecord> record) {}
