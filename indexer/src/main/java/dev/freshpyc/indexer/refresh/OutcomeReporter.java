package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out an outcome for each pyc that one worker of a refresh judges, those of a directory together and sorted by path. The
 * outcomes of a whole run are not sorted here: whoever prints them keeps and sorts them.
 */
final class OutcomeReporter implements RecordEnricher {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final Consumer<Outcome> consumer;
    private final List<Outcome> pending = new ArrayList<>();

    /** @param consumer shared by the reporters of all workers, and called by one at a time */
    OutcomeReporter(Consumer<Outcome> consumer) {
        this.consumer = consumer;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        Optional<PycRecord> record = judgement.record();
        if (!RefreshVisitor.isGone(verdict)) {
            Verdict recorded = record.map(PycRecord::verdict).orElse(verdict);
            add(sighting.outcome(new Outcome.Effect.Recorded(recorded, judgement.reused())));
        }
        return record;
    }

    /** Hands out the outcomes of the last directory; to be called when the worker has ended. */
    void finish() {
        pending.sort(Outcome.BY_PATH);
        synchronized (consumer) { // the outcomes of two directories do not mix
            pending.forEach(consumer);
        }
        pending.clear();
    }

    private void add(Outcome outcome) {
        boolean sameDirectory = pending.isEmpty()
                || (pending.getLast().entry().equals(outcome.entry())
                        && directory(pending.getLast()).equals(directory(outcome)));
        if (!sameDirectory) {
            finish();
        }
        pending.add(outcome);
    }

    /** The directory of the source, which for a pyc without one is the parent of its {@code __pycache__}. */
    private static RawPath directory(Outcome outcome) {
        if (outcome.source() != null) {
            return outcome.source().parent();
        }
        RawPath parent =
                Objects.requireNonNullElse(outcome.pyc(), RawPath.EMPTY).parent();
        return parent.name().equals(CACHE) ? parent.parent() : parent;
    }
}
