package dev.freshpyc.cli.command;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Judges as another judge does, and notes the proof by content that was found for each pyc. */
final class TracingJudge implements Judge {

    private final Map<RawPath, ContentProof> proofs;
    private final Judge judge;
    private Optional<ContentProof> last = Optional.empty();

    /**
     * A judge for one worker.
     *
     * @param proofs gets each proof, by its pyc
     * @param judge makes the other judge from a consumer, to which that judge passes each proof it finds
     */
    TracingJudge(Map<RawPath, ContentProof> proofs, Function<Consumer<ContentProof>, Judge> judge) {
        this.proofs = proofs;
        this.judge = judge.apply(proof -> last = Optional.of(proof));
    }

    @Override
    public Verdict judge(Sighting sighting) {
        last = Optional.empty();
        Verdict verdict = judge.judge(sighting);
        last.ifPresent(proof -> sighting.pyc().ifPresent(pyc -> proofs.put(pyc, proof)));
        return verdict;
    }
}
