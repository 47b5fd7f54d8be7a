package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.KnownProofs;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Evidence from outside the tree and its index, strongest first: proofs by content, the answers of a hash-equivalence server about these
 * pairs, and the manifests of package managers. Thread-safe.
 *
 * @param vouched the pairs whose code a hash-equivalence server knows to be that of their sources
 */
public record OutsideEvidence(KnownProofs proofs, Predicate<ProvenPair> vouched, ManifestEvidence manifests) {

    /** Evidence that consists of proofs by content alone. */
    public static OutsideEvidence of(KnownProofs proofs) {
        return new OutsideEvidence(proofs, new ManifestEvidence(Optional.empty()));
    }

    /** Evidence where no server is asked. */
    public OutsideEvidence(KnownProofs proofs, ManifestEvidence manifests) {
        this(proofs, _ -> false, manifests);
    }

    /**
     * The verdict with this evidence.
     *
     * @param content SHA-256 of the source; null where that is unknown
     * @param body SHA-256 of the pyc's body; null where that is unknown
     */
    public Verdict weigh(Sighting sighting, Verdict verdict, @Nullable Sha256 content, @Nullable Sha256 body) {
        Optional<ProvenPair> pair = content == null || body == null
                ? Optional.empty()
                : pair(sighting.head(), sighting.level(), content, body);
        if (isRefuted(pair)) {
            return verdict.isVerifiable() ? verdict.contradictedByCompiling() : verdict;
        }
        if (verdict.mayBeProvenElsewhere() && pair.flatMap(proofs::find).isPresent()) {
            return verdict.provenElsewhere();
        }
        UnaryOperator<Verdict> server =
                pair.filter(vouched).isPresent() ? Verdict::vouchedByServer : UnaryOperator.identity();
        return server.apply(
                manifests.weigh(sighting, server.apply(verdict), content)); // a manifest can leave a match open
    }

    /**
     * Whether a proof, a refutation or a server changes the recorded verdict on a pyc whose files have not changed.
     *
     * @param content SHA-256 of the source
     */
    public boolean isNewFor(PycRecord record, Sha256 content) {
        @Nullable Sha256 body = record.body();
        if (body != null && proofs.mayRefute() && record.verdict().isVerifiable()) {
            Optional<ProvenPair> pair = pair(record.head(), record.level(), content, body);
            if (record.verdict().isRefutedByCompiling() ? isRestored(pair) : isRefuted(pair)) {
                return true;
            }
        }
        return body != null
                && record.verdict().mayBeProvenElsewhere()
                && pair(record.head(), record.level(), content, body)
                        .filter(pair -> proofs.find(pair).isPresent()
                                || (record.verdict().isOpen() && vouched.test(pair)))
                        .isPresent();
    }

    /**
     * Whether a comparison has refuted the pair with these contents: the body has other code than the source compiles
     * to.
     */
    public boolean isRefuted(Sighting sighting, Sha256 content, Sha256 body) {
        return proofs.mayRefute() && isRefuted(pair(sighting.head(), sighting.level(), content, body));
    }

    /**
     * Whether a comparison on this machine has found equal code in the pair with these contents after another comparison had refuted the
     * pair.
     */
    public boolean isRestored(Sighting sighting, Sha256 content, Sha256 body) {
        return proofs.mayRefute() && isRestored(pair(sighting.head(), sighting.level(), content, body));
    }

    private boolean isRestored(Optional<ProvenPair> pair) {
        return proofs.mayRefute() && pair.filter(proofs::isRestored).isPresent();
    }

    private boolean isRefuted(Optional<ProvenPair> pair) {
        return proofs.mayRefute() && pair.filter(proofs::isRefuted).isPresent();
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
