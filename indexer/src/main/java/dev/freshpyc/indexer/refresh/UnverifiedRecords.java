package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/**
 * Marks the records of a refresh that hashes no contents: they have no digest of the body, and what an interpreter loads is recorded
 * as unproven, whatever speaks for its header. The next refresh that reads contents reads these files.
 */
public final class UnverifiedRecords implements RecordEnricher {

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        return judgement.record().map(record -> record.body() == null ? marked(record) : record);
    }

    private static PycRecord marked(PycRecord record) {
        return record.withVerdict(record.verdict().withoutProof());
    }

    @Override
    public boolean wants(Seal seal) {
        return false;
    }
}
