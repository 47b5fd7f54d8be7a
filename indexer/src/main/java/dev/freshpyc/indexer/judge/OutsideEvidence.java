package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.KnownProofs;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evidence from outside the tree and its index: proofs by content, and the manifests of package managers, which are weaker.
 * Thread-safe.
 */
public record OutsideEvidence(KnownProofs proofs, ManifestEvidence manifests) {

    /**
     * The verdict with this evidence.
     *
     * @param content SHA-256 of the source; null where that is unknown
     * @param body SHA-256 of the pyc's body; null where that is unknown
     */
    public Verdict weigh(Sighting sighting, Verdict verdict, @Nullable Sha256 content, @Nullable Sha256 body) {
        boolean proven = verdict.mayBeProvenElsewhere()
                && content != null
                && body != null
                && proof(sighting, content, body).isPresent();
        return proven ? verdict.provenElsewhere() : manifests.weigh(sighting, verdict, content);
    }

    /** The proof of a pair with these contents. */
    public Optional<ContentProof> proof(Sighting sighting, Sha256 content, Sha256 body) {
        return pair(sighting.head(), sighting.level(), content, body).flatMap(proofs::find);
    }

    /** The pair of two contents; empty for a file that no interpreter wrote. */
    public static Optional<ProvenPair> pair(HeaderBytes head, OptimizationLevel level, Sha256 content, Sha256 body) {
        Magic magic = new Magic((int) head.low());
        return magic.wellFormed() ? Optional.of(new ProvenPair(content, magic, level, body)) : Optional.empty();
    }
}
