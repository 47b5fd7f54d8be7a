package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.prove.BodyComparison.Obstacle;
import dev.freshpyc.indexer.prove.BodyComparison.Result;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of unproven pycs and compares the code: equal code is a proof, other code a refutation. Both are recorded,
 * so that nothing is compiled twice. One prover belongs to one worker of a scan.
 */
public final class BodyProver implements RecordEnricher {

    private final BodyComparison comparison;
    private final ProofTally tally;

    /** A prover that compiles in the processes of {@code workers}. */
    public BodyProver(InterpreterLocator interpreters, WorkerPool workers, ProofTally tally) {
        this.comparison = new BodyComparison(interpreters, workers);
        this.tally = tally;
    }

    /** Whether a directory may have pycs that nothing proves. */
    @Override
    public boolean wants(Seal seal) {
        return seal.unproven() > 0 || seal.verdicts().getOrDefault(Verdict.Kind.STALE, 0L) > 0;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        Optional<PycRecord> record = judgement.record();
        if (record.isEmpty() || record.get().body() == null || !verdict.isOpen()) {
            return record;
        }
        PycRecord known = record.get();
        Optional<PairContents> contents = comparison
                .read(sighting, known.head())
                .filter(read ->
                        read.body().equals(known.body())); // else the body is not the one that the record describes
        Result result = contents.isEmpty()
                ? new Result.Unknown(Obstacle.CHANGING)
                : comparison.compare(sighting, contents.get());
        return switch (result) {
            case Result.Equal _ ->
                Optional.of(judged(verdict, known, contents.orElseThrow().content()));
            case Result.Different _ -> Optional.of(judged(verdict, known, null));
            case Result.Unknown unknown -> {
                tally.addFailure(unknown.words());
                yield record;
            }
        };
    }

    /**
     * The record after the comparison.
     *
     * @param provenFor the content that was compiled; null when the code differs
     */
    private PycRecord judged(Verdict verdict, PycRecord record, @Nullable Sha256 provenFor) {
        boolean settled = !record.stamp().equals(FileStamp.UNSETTLED);
        Verdict judged = provenFor == null ? verdict.refutedByCompiling() : verdict.provenByCompiling();
        if (provenFor == null) {
            tally.addRefuted();
        } else {
            tally.addProven();
        }
        ContentFacts facts =
                record.tag() == null ? ContentFacts.NOTHING : record.facts().withWhole();
        return new PycRecord(
                record.tag(),
                record.level(),
                record.stamp(),
                record.head(),
                record.body(),
                provenFor,
                settled ? judged : judged.asRacy(),
                facts);
    }
}
