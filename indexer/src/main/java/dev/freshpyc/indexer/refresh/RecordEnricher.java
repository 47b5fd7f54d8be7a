package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/** Is shown every pyc that one worker of a refresh judges, and may add facts to the pyc's record. */
@FunctionalInterface
public interface RecordEnricher {

    /** Adds nothing. */
    RecordEnricher NONE = new RecordEnricher() {
        @Override
        public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
            return judgement.record();
        }

        @Override
        public boolean wants(Seal seal) {
            return false;
        }
    };

    /**
     * Called after a pyc was judged, while the sighting still describes this pyc.
     *
     * @return the judgement's record, with the facts that this enricher found out
     */
    Optional<PycRecord> enrich(Sighting sighting, Judgement judgement);

    /** Whether to show the pycs of a directory in which nothing has changed since it was sealed. */
    default boolean wants(Seal seal) {
        return true;
    }

    /** This enricher, and then another one. */
    default RecordEnricher then(RecordEnricher next) {
        RecordEnricher first = this;
        return new RecordEnricher() {
            @Override
            public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
                return next.enrich(sighting, judgement.withRecord(first.enrich(sighting, judgement)));
            }

            @Override
            public boolean wants(Seal seal) {
                return first.wants(seal) || next.wants(seal);
            }
        };
    }
}
