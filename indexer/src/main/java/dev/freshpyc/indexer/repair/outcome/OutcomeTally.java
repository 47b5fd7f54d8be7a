package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.outcome.CleanSummary.Removed;
import dev.freshpyc.indexer.repair.outcome.RecordSummary.KeptFile;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Dated;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.DatedSource;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Packaged;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.SourceError;
import dev.freshpyc.indexer.repair.outcome.RepairSummary.Unrepaired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sums up the outcomes of one run and hands each on to a consumer. All threads of the run share one tally. */
public final class OutcomeTally {

    /** How many failures are listed by name; the rest is counted, since a hostile tree may have any number. */
    static final int MAX_LISTED = 10_000;

    /** How many sources that are not at mtime 0 are kept by name; the rest is counted. */
    static final int MAX_DATED = 100_000;

    private final @Nullable Consumer<Outcome> consumer;
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private final FirstInOrder<Unrepaired> unrepaired =
            new FirstInOrder<>(MAX_LISTED, Comparator.comparing(Unrepaired::place));
    private final FirstInOrder<SourceError> sourceErrors =
            new FirstInOrder<>(MAX_LISTED, Comparator.comparing(SourceError::place));
    private final FirstInOrder<DatedSource> dated =
            new FirstInOrder<>(MAX_DATED, Comparator.comparing(DatedSource::place));
    private long datedCount;
    private final List<String> problems = new ArrayList<>();
    private long seen;
    private long restamped;
    private long recompiled;
    private long compared;
    private long sourceTimes;
    private long packagedCount;
    private final List<String> packaged = new ArrayList<>();
    private long recordsUpdated;
    private long recordLines;
    private long recordLinesUndecided;
    private long keptCount;
    private final FirstInOrder<KeptFile> kept = new FirstInOrder<>(MAX_LISTED, Comparator.comparing(KeptFile::place));
    private long putBack;
    private long removed;
    private final Map<RemovalReason, Removed> cleaned = new EnumMap<>(RemovalReason.class);
    private long directoriesCleaned;

    private OutcomeTally(@Nullable Consumer<Outcome> consumer) {
        this.consumer = consumer;
    }

    /** A tally that only counts. */
    public static OutcomeTally counting() {
        return new OutcomeTally(null);
    }

    /** A tally that also hands each outcome to {@code consumer}, one at a time. */
    public static OutcomeTally forwardingTo(Consumer<Outcome> consumer) {
        return new OutcomeTally(consumer);
    }

    /** Counts pycs that were judged. */
    public synchronized void addSeen(long pycs) {
        seen += pycs;
    }

    /** Counts an outcome and hands it on. */
    public synchronized void add(Outcome outcome) {
        switch (outcome.effect()) {
            case Effect.Recorded _ -> {}
            case Effect.Restamped(var _, var isPackaged) -> {
                restamped++;
                addPackaged(outcome, isPackaged);
            }
            case Effect.PutBack _ -> putBack++;
            case Effect.Removed _ -> removed++;
            case Effect.Recompiled(var isPackaged) -> {
                recompiled++;
                addPackaged(outcome, isPackaged);
            }
            case Effect.Compared _ -> compared++;
            case Effect.SourceTimeSet _ -> sourceTimes++;
            case Effect.Cleaned(var reason, var bytes, var isPackaged) -> {
                cleaned.merge(reason, new Removed(1, bytes), Removed::plus);
                addPackaged(outcome, isPackaged);
            }
            case Effect.DirectoryCleaned _ -> directoriesCleaned++;
            case Effect.Skipped(var reason) -> count(reason);
            case Effect.Kept(var record) -> {
                keptCount++;
                count(SkipReason.IN_RECORD);
                kept.add(new KeptFile(outcome.shownPath(), record));
            }
            case Effect.RecordUpdated(var lines, var undecided) -> {
                recordsUpdated++;
                recordLines += lines;
                recordLinesUndecided += undecided;
            }
            case Effect.Failed(var reason, var detail) -> addFailure(outcome, reason, detail);
            case Effect.DoesNotCompile fault -> addSourceError(outcome, fault);
        }
        if (consumer != null) {
            consumer.accept(outcome);
        }
    }

    /** Counts a pyc that stays as it is; its outcome is made only where somebody consumes outcomes. */
    public synchronized void addSkipped(SkipReason reason, Supplier<Outcome> outcome) {
        count(reason);
        if (consumer != null) {
            consumer.accept(outcome.get());
        }
    }

    /**
     * Counts a source whose mtime differs from the mtime that the run writes into the header of its pyc. Call this once
     * for a source.
     */
    public synchronized void addDated(DatedSource source) {
        datedCount++;
        dated.add(source);
    }

    /** Adds a line about something that went wrong beyond single files. */
    public synchronized void addProblem(String line) {
        problems.add(line);
    }

    /** The sums so far. */
    public synchronized RepairSummary summary() {
        return new RepairSummary(
                seen,
                restamped,
                recompiled,
                compared,
                sourceTimes,
                new Packaged(packagedCount, packaged),
                records(),
                putBack,
                removed,
                skipped,
                unrepaired.list(),
                sourceErrors.list(),
                new Dated(datedCount, dated.list()),
                problems);
    }

    /** The sums of a clean so far. */
    public synchronized CleanSummary cleanSummary() {
        return new CleanSummary(
                seen,
                cleaned,
                directoriesCleaned,
                new Packaged(packagedCount, packaged),
                records(),
                unrepaired.list(),
                problems);
    }

    private RecordSummary records() {
        return new RecordSummary(recordsUpdated, recordLines, recordLinesUndecided, keptCount, kept.list());
    }

    private void addPackaged(Outcome outcome, boolean isPackaged) {
        if (isPackaged) {
            packagedCount++;
            if (packaged.size() < MAX_LISTED) {
                packaged.add(outcome.shownPath().shown());
            }
        }
    }

    private void count(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    private void addFailure(Outcome outcome, SkipReason reason, String detail) {
        count(reason);
        unrepaired.add(new Unrepaired(outcome.shownPath(), reason, escape(detail)));
    }

    private void addSourceError(Outcome outcome, Effect.DoesNotCompile fault) {
        sourceErrors.add(new SourceError(outcome.shownSource(), fault.line(), escape(fault.message())));
        if (fault.otherCodeLoads()) {
            addFailure(outcome, SkipReason.SYNTAX, "");
        } else {
            count(SkipReason.SYNTAX);
        }
    }

    private static String escape(String text) {
        return RawPath.of(text).shown();
    }
}
