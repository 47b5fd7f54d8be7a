package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.PathEntry;
import org.jspecify.annotations.Nullable;

/** Makes proofs by content from the records of proven pycs. */
public final class ProvenRecords {

    private ProvenRecords() {}

    /**
     * Adds the proofs that a record gives.
     *
     * @param entry that the record is of
     * @param origin the path entry of the files, as the proofs name it
     */
    public static void add(ProofDraft proofs, PathEntry entry, SourceRecord record, String origin) {
        @Nullable Sha256 content = record.content();
        if (content != null) {
            record.pycs().forEach(pyc -> add(proofs, entry, content, pyc, origin));
        }
    }

    /** Adds the proof that the record of one pyc gives; {@code content} is the source's. */
    static void add(ProofDraft proofs, PathEntry entry, Sha256 content, PycRecord pyc, String origin) {
        @Nullable Sha256 body = pyc.body();
        @Nullable Evidence evidence = pyc.verdict().isProvenElsewhere() ? Evidence.PROOF : pyc.strength(pyc.verdict());
        if (body != null && evidence != null && pyc.isProvenFor(content) && tellsLevel(entry, evidence)) {
            OutsideEvidence.pair(pyc.head(), pyc.level(), content, body)
                    .ifPresent(pair -> proofs.add(pair, evidence, origin));
        }
    }

    /** Adds the proof of a pyc whose code was compared with that of the source. */
    static void addCompared(ProofDraft proofs, Sha256 content, PycRecord pyc, String origin) {
        @Nullable Sha256 body = pyc.body();
        if (body != null) {
            OutsideEvidence.pair(pyc.head(), pyc.level(), content, body)
                    .ifPresent(pair -> proofs.add(pair, Evidence.RECOMPILED, origin));
        }
    }

    /**
     * Refutes the pair of a pyc whose code differs from the code of its source. The pair of a stale pyc is refuted only
     * if a proof vouches for it.
     */
    static void refute(ProofDraft proofs, Sha256 content, PycRecord pyc, String origin) {
        @Nullable Sha256 body = pyc.body();
        boolean isBelieved = pyc.verdict().kind() == Verdict.Kind.IMPOSTOR;
        if (body != null) {
            OutsideEvidence.pair(pyc.head(), pyc.level(), content, body)
                    .filter(pair -> isBelieved || proofs.find(pair).isPresent())
                    .ifPresent(pair -> proofs.refute(pair, origin));
        }
    }

    /**
     * Whether the level of a pyc is known, which a proof must name. The name of a member of an archive has no level, so
     * only a comparison of its code tells the level.
     */
    public static boolean tellsLevel(PathEntry entry, Evidence evidence) {
        return switch (evidence) {
            case RECOMPILED, PROOF, EQUIVALENCE -> true;
            default -> !(entry instanceof PathEntry.Archive);
        };
    }
}
