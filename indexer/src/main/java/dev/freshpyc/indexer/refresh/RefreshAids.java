package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.scan.EntryVisitor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The parts of a refresh beside the files and the index. Each method with a parameter returns aids in which one part is replaced.
 *
 * @param manifests of the system that the trees belong to
 * @param prover gives each worker an enricher that looks for proofs before a record is kept
 * @param vouched whether a server vouches for a pair
 * @param roots is shown the directory of each entry that is walked whole
 * @param progress counts the directories read
 */
public record RefreshAids(
        ManifestEvidence manifests,
        Supplier<? extends RecordEnricher> prover,
        Predicate<ProvenPair> vouched,
        EntryVisitor roots,
        ProgressMeter progress) {

    /** Aids of which only the manifests do anything. */
    public static RefreshAids of(ManifestEvidence manifests) {
        return new RefreshAids(
                manifests, () -> RecordEnricher.NONE, _ -> false, EntryVisitor.NONE, new ProgressMeter());
    }

    /** These aids with another {@link #prover}. */
    public RefreshAids proving(Supplier<? extends RecordEnricher> newProver) {
        return new RefreshAids(manifests, newProver, vouched, roots, progress);
    }

    /** These aids with another {@link #vouched}. */
    public RefreshAids believing(Predicate<ProvenPair> newVouched) {
        return new RefreshAids(manifests, prover, newVouched, roots, progress);
    }

    /** These aids with another {@link #roots}. */
    public RefreshAids showingRoots(EntryVisitor newRoots) {
        return new RefreshAids(manifests, prover, vouched, newRoots, progress);
    }

    /** These aids with another {@link #progress}. */
    public RefreshAids counting(ProgressMeter newProgress) {
        return new RefreshAids(manifests, prover, vouched, roots, newProgress);
    }
}
