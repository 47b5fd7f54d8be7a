package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/** Sees every pyc that one worker of a refresh judges, and may add what it finds out to the pyc's record. */
@FunctionalInterface
public interface RecordEnricher {

    /** Adds nothing. */
    RecordEnricher NONE = (_, _, record, _) -> record;

    /**
     * Called after a pyc was judged, while the scanner still stands on it.
     *
     * @param verdict the verdict, with what the index knows
     * @param record what the index will hold of the pyc; empty for a pyc that has no record
     * @param reused whether the verdict is that of an earlier run, since neither file has changed
     * @return the record, with what this enricher found out beyond it
     */
    Optional<PycRecord> enrich(Sighting sighting, Verdict verdict, Optional<PycRecord> record, boolean reused);
}
