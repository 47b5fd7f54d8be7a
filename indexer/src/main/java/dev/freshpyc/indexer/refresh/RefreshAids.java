package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.scan.EntryVisitor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What takes part in a refresh beside the files and the index. Each method that takes one part returns aids with that part exchanged.
 *
 * @param manifests of the system that the trees belong to
 * @param prover gives each worker what looks for proofs before a record is kept
 * @param vouched whether a server vouches for a pair
 * @param roots looks at the directories of the entries when they are walked whole
 * @param progress counts the directories read
 */
public record RefreshAids(
        ManifestEvidence manifests,
        Supplier<? extends RecordEnricher> prover,
        Predicate<ProvenPair> vouched,
        EntryVisitor roots,
        ProgressMeter progress) {

    /** Manifests and nothing else. */
    public static RefreshAids of(ManifestEvidence manifests) {
        return new RefreshAids(
                manifests, () -> RecordEnricher.NONE, _ -> false, EntryVisitor.NONE, new ProgressMeter());
    }

    public RefreshAids proving(Supplier<? extends RecordEnricher> by) {
        return new RefreshAids(manifests, by, vouched, roots, progress);
    }

    public RefreshAids believing(Predicate<ProvenPair> server) {
        return new RefreshAids(manifests, prover, server, roots, progress);
    }

    public RefreshAids showingRoots(EntryVisitor to) {
        return new RefreshAids(manifests, prover, vouched, to, progress);
    }

    public RefreshAids counting(ProgressMeter on) {
        return new RefreshAids(manifests, prover, vouched, roots, on);
    }
}
