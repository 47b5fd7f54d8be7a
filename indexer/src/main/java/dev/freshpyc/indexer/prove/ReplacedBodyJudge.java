package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.Sighting;

/**
 * Judges with the index, and compiles where a body that the index knows was replaced by another under the same source: equal code
 * is fresh, other code an impostor, also where header, size and mtime are as before. Belongs to one worker of a scan.
 */
public final class ReplacedBodyJudge implements Judge {

    private final IndexedJudge judge;
    private final BodyProver prover;

    /** A judge for one worker. */
    public ReplacedBodyJudge(IndexedJudge judge, Compilers compilers) {
        this.judge = judge;
        this.prover = new BodyProver(BodyProver.Scope.REPLACED, compilers, new ProofTally());
    }

    @Override
    public Verdict judge(Sighting sighting) {
        return prover.verdict(sighting, judge.judgeAndRecord(sighting));
    }
}
