package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out an outcome for each pyc that a refresh judges.
 *
 * @param consumer called by all workers of the refresh
 */
record OutcomeReporter(Consumer<Outcome> consumer) implements RecordEnricher {

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Verdict verdict, Optional<PycRecord> record, boolean reused) {
        if (!RefreshVisitor.isGone(verdict)) {
            Verdict recorded = record.map(PycRecord::verdict).orElse(verdict);
            consumer.accept(sighting.outcome(new Outcome.Effect.Recorded(recorded, reused)));
        }
        return record;
    }
}
