package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.prove.BodyComparison.ComparisonResult;
import dev.freshpyc.indexer.prove.BodyComparison.Obstacle;
import dev.freshpyc.indexer.scan.PairFacts;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Believes no header, index or manifest: the code of every pyc is compared with what the pyc's interpreter makes of the source. A
 * pyc whose code cannot be compared is undecided, so that a run which asks for verified bytecode does not pass. Only an earlier
 * comparison of the same two contents that found equal code is believed: a refuted pair is compared again, since the release that made
 * the body may be at hand now. Belongs to one worker of a scan.
 */
public final class VerifyingJudge implements Judge {

    private final Judge judge;
    private final BodyComparison comparison;
    private final Optional<ProofDraft> proofs;

    /**
     * A judge for one worker.
     *
     * @param judge says what the interpreter does with the file
     * @param proofs knows earlier comparisons, and takes new ones; empty where nobody keeps them
     */
    public VerifyingJudge(Judge judge, Compilers compilers, Optional<ProofDraft> proofs) {
        this.judge = judge;
        this.comparison = new BodyComparison(compilers);
        this.proofs = proofs;
    }

    @Override
    public Verdict judge(Sighting sighting) {
        Verdict verdict = judge.judge(sighting);
        if (verdict.kind() == Verdict.Kind.SOURCELESS) {
            return verdict.unverified(Reason.NO_SOURCE);
        }
        if (verdict.isVerifiable()
                && recordedPair(sighting.facts(), sighting.level())
                        .filter(pair -> isKnown(pair, verdict))
                        .isPresent()) {
            sighting.facts().knowBodyWhole();
            return verdict.confirmedByCompiling();
        }
        if (!verdict.isVerifiable()
                || !(sighting.sourceState() instanceof SourceState.Present)
                || !(sighting.observation().pyc() instanceof PycState.Read pyc)
                || !(pyc.header() instanceof PycHeader.Intact)) {
            return verdict;
        }
        Optional<PairContents> contents = comparison.read(sighting, sighting.head());
        return contents.isEmpty()
                ? verdict.unverified(reason(BodyComparison.unread(sighting).obstacle()))
                : verified(sighting, verdict, contents.get());
    }

    /** The pair of a source and a pyc that an index knows, so that neither file has to be read; empty where a file may have changed. */
    private static Optional<ProvenPair> recordedPair(PairFacts facts, OptimizationLevel level) {
        @Nullable PycRecord pyc = facts.unchanged();
        @Nullable Sha256 content = facts.content();
        @Nullable Sha256 body = pyc == null ? null : pyc.body();
        return pyc == null || content == null || body == null
                ? Optional.empty()
                : OutsideEvidence.pair(pyc.head(), level, content, body);
    }

    private Verdict verified(Sighting sighting, Verdict verdict, PairContents contents) {
        Optional<ProvenPair> pair =
                OutsideEvidence.pair(contents.head(), sighting.level(), contents.content(), contents.body());
        if (pair.isPresent() && isKnown(pair.get(), verdict)) {
            sighting.facts().knowBodyWhole();
            return verdict.confirmedByCompiling();
        }
        ComparisonResult result = comparison.compare(sighting, contents, verdict);
        if (result.hasReadBody()) {
            sighting.facts().knowBodyWhole();
        }
        return switch (result) {
            case ComparisonResult.Equal _ -> {
                String origin = sighting.entry().path().shown();
                boolean refuted = verdict.isRefutedByCompiling();
                pair.ifPresent(one -> proofs.ifPresent(draft -> draft.addCompared(one, origin, refuted)));
                yield verdict.confirmedByCompiling();
            }
            case ComparisonResult.Different _ -> {
                pair.ifPresent(one -> refute(one, sighting, verdict));
                yield verdict.contradictedByCompiling();
            }
            case ComparisonResult.Unknown unknown -> verdict.unverified(reason(unknown.obstacle()));
        };
    }

    /**
     * Refutes a pair that was taken for right: the pyc is not stale, or a proof vouches for the pair. Other code in a
     * stale pyc is no surprise.
     */
    private void refute(ProvenPair pair, Sighting sighting, Verdict verdict) {
        boolean isBelieved = verdict.kind() != Verdict.Kind.STALE;
        proofs.filter(draft -> isBelieved || draft.find(pair).isPresent())
                .ifPresent(draft -> draft.refute(pair, sighting.entry().path().shown()));
    }

    /** Whether the pair was compared before. For a pair that is refuted here, a proof from elsewhere does not count. */
    private boolean isKnown(ProvenPair pair, Verdict verdict) {
        return !verdict.isRefutedByCompiling()
                && proofs.flatMap(draft -> draft.find(pair))
                        .filter(ContentProof::isCompared)
                        .isPresent();
    }

    private static Reason reason(Obstacle obstacle) {
        return switch (obstacle) {
            case CHANGING -> Reason.CHANGING;
            case NO_CODE, OTHER_LEVEL, TOO_LARGE -> Reason.INCOMPARABLE;
            case NO_INTERPRETER, LEVEL -> Reason.NO_INTERPRETER;
            case DOES_NOT_COMPILE -> Reason.DOES_NOT_COMPILE;
        };
    }
}
