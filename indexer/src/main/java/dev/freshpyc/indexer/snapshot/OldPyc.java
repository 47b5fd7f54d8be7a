package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;

/**
 * A pyc of a snapshot.
 *
 * @param source relative to the entry
 * @param then the source at the save
 * @param record the pyc at the save
 */
record OldPyc(RawPath source, SourceRecord then, PycRecord record, PycPlace place) {

    static OldPyc of(RawPath source, SourceRecord then, PycRecord record) {
        return new OldPyc(source, then, record, PycPlace.of(source, record));
    }
}
