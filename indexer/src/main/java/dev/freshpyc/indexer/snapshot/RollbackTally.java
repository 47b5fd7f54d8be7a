package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.snapshot.RollbackSummary.LeftPyc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Counts what a rollback does, and hands out the outcome of each pyc. */
final class RollbackTally {

    private static final int MOST_NAMED = 1000;

    private final RawPath entry;
    private final Consumer<Outcome> outcomes;
    private final List<LeftPyc> left = new ArrayList<>();
    private final List<RawPath> changed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long seen;
    private long putBack;
    private long asWanted;
    private long leftCount;

    RollbackTally(RawPath entry, Consumer<Outcome> outcomes) {
        this.entry = entry;
        this.outcomes = outcomes;
    }

    void putBack(OldPyc pyc) {
        putBack++;
        report(pyc, new Effect.PutBack());
    }

    void asWanted(OldPyc pyc) {
        asWanted++;
        report(pyc, new Effect.Skipped(SkipReason.AS_WANTED));
    }

    void left(OldPyc pyc, SkipReason reason, String why) {
        leftCount++;
        if (left.size() < MOST_NAMED) {
            left.add(new LeftPyc(entry.resolve(pyc.place().path()), why));
        }
        report(pyc, new Effect.Failed(reason, why));
    }

    /** Notes a source whose content has changed since the save. */
    void changed(RawPath source) {
        changed.add(source);
    }

    void problem(String line) {
        problems.add(line);
    }

    private void report(OldPyc pyc, Effect effect) {
        seen++;
        PycRecord record = pyc.record();
        outcomes.accept(new Outcome(entry, pyc.source(), pyc.place().path(), record.tag(), record.level(), effect));
    }

    RollbackSummary summary() {
        left.sort(Comparator.comparing(LeftPyc::pyc));
        return new RollbackSummary(seen, putBack, asWanted, leftCount, left, changed, problems);
    }
}
