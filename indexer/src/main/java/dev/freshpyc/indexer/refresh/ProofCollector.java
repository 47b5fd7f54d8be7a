package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the proofs by content what a refresh finds proven. A verdict of an earlier run was added by that run, except in the
 * first run that keeps proofs.
 */
final class ProofCollector implements RecordEnricher {

    private final Optional<ProofDraft> proofs;
    private final boolean first;

    /** @param proofs empty where nobody keeps proofs */
    ProofCollector(Optional<ProofDraft> proofs) {
        this.proofs = proofs;
        this.first = proofs.map(ProofDraft::isFirst).orElse(false);
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Optional<PycRecord> record = judgement.record();
        @Nullable Sha256 content = judgement.content();
        if (proofs.isPresent() && content != null && record.isPresent() && (first || !judgement.reused())) {
            PathEntry entry = sighting.entry();
            String origin = entry.path().shown();
            if (record.get().verdict().isRefutedByCompiling()) {
                ProvenRecords.refute(proofs.get(), content, record.get(), origin);
            } else if (isCompared(sighting, judgement, content)) {
                ProvenRecords.addCompared(proofs.get(), content, record.get(), origin);
            } else {
                ProvenRecords.add(proofs.get(), entry, content, record.get(), origin);
            }
        }
        return record;
    }

    /**
     * Whether a member of an archive, which nothing proved before, was compared in this run. A later run no longer knows what
     * proved the member, so that the proof is added now, however young the archive is.
     */
    private static boolean isCompared(Sighting sighting, Judgement judgement, Sha256 content) {
        return sighting.members().isPresent()
                && judgement.verdict().isOpen()
                && judgement
                        .record()
                        .filter(record -> content.equals(record.provenFor()))
                        .isPresent();
    }

    @Override
    public boolean wants(Seal seal) {
        return false;
    }
}
