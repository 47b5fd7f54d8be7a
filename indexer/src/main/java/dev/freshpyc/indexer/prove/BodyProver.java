package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.prove.BodyComparison.ComparisonResult;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of pycs and compares the code: equal code is a proof, other code a refutation. Both are recorded, so that
 * nothing is compiled twice. One prover belongs to one worker of a scan.
 */
public final class BodyProver implements RecordEnricher {

    /** Which pycs are compared. */
    public enum Scope {
        /** Every pyc that nothing proves, or nothing but the times of files that are too young for that. */
        UNPROVEN,
        /**
         * A pyc that the interpreter loads, and whose body replaced a body that was proven for the same source: the
         * source was compiled again, or somebody changed the code.
         */
        REPLACED
    }

    private final BodyComparison comparison;
    private final Scope scope;
    private final ProofTally tally;

    /** A prover for one worker; {@code tally} counts for all. */
    public BodyProver(Scope scope, Compilers compilers, ProofTally tally) {
        this.comparison = new BodyComparison(compilers);
        this.scope = scope;
        this.tally = tally;
    }

    /** Whether a directory may have pycs that nothing proves. */
    @Override
    public boolean wants(Seal seal) {
        return scope == Scope.UNPROVEN && mayHaveUnproven(seal);
    }

    private static boolean mayHaveUnproven(Seal seal) {
        return seal.unproven() > 0 || seal.verdicts().getOrDefault(Verdict.Kind.STALE, 0L) > 0;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        return judgement.record().map(record -> enrich(sighting, judgement, record));
    }

    /** The verdict on a pyc with what the comparison shows; the judgement's own where nothing is compared. */
    public Verdict verdict(Sighting sighting, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        return compare(sighting, judgement)
                .map(result -> switch (result) {
                    case ComparisonResult.Equal _ -> verdict.provenByCompiling();
                    case ComparisonResult.Different _ -> verdict.refutedByCompiling();
                    case ComparisonResult.Unknown _ -> verdict;
                })
                .orElse(verdict);
    }

    private PycRecord enrich(Sighting sighting, Judgement judgement, PycRecord record) {
        Verdict verdict = judgement.verdict();
        return compare(sighting, judgement)
                .map(result -> switch (result) {
                    case ComparisonResult.Equal _ -> judged(verdict.provenByCompiling(), record, judgement.content());
                    case ComparisonResult.Different _ -> judged(verdict.refutedByCompiling(), record, null);
                    case ComparisonResult.Unknown _ -> record;
                })
                .orElse(record);
    }

    /** What a comparison shows; empty for a pyc that is not compared. */
    private Optional<ComparisonResult> compare(Sighting sighting, Judgement judgement) {
        if (judgement.record().isEmpty() || judgement.record().get().body() == null || !isInScope(judgement)) {
            return Optional.empty();
        }
        PycRecord record = judgement.record().get();
        Optional<PairContents> contents = comparison
                .read(sighting, record.head())
                .filter(read -> read.body().equals(record.body())
                        && read.content().equals(judgement.content())); // else the files are not those that were judged
        ComparisonResult result = contents.isEmpty()
                ? BodyComparison.unread(sighting)
                : comparison.compare(sighting, contents.get(), judgement.verdict());
        switch (result) {
            case ComparisonResult.Equal _ -> tally.addProven();
            case ComparisonResult.Different _ -> tally.addRefuted();
            case ComparisonResult.Unknown unknown -> tally.addFailure(unknown.words());
        }
        return Optional.of(result);
    }

    private boolean isInScope(Judgement judgement) {
        Verdict verdict = judgement.verdict();
        return switch (scope) {
            case UNPROVEN -> verdict.isOpen() || isTooYoung(judgement);
            case REPLACED -> judgement.isReplaced() && verdict.interpreter() == InterpreterAnswer.LOADS;
        };
    }

    private static boolean isTooYoung(Judgement judgement) {
        return judgement.verdict().isFreshByTimes()
                && judgement
                        .record()
                        .filter(record -> record.verdict().isTooYoung())
                        .isPresent();
    }

    /** @param provenFor the content that was compiled; null when the code differs */
    private static PycRecord judged(Verdict judged, PycRecord record, @Nullable Sha256 provenFor) {
        boolean settled = !record.stamp().equals(FileStamp.UNSETTLED);
        ContentFacts facts =
                record.tag() == null ? ContentFacts.NOTHING : record.facts().withWhole();
        return new PycRecord(
                record.tag(),
                record.level(),
                record.stamp(),
                record.head(),
                record.body(),
                provenFor,
                provenFor == null ? null : Evidence.RECOMPILED,
                settled ? judged : judged.asRacy(),
                facts);
    }
}
