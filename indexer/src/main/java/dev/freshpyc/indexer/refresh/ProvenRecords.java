package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import org.jspecify.annotations.Nullable;

/** Makes proofs by content of what records say is proven. */
public final class ProvenRecords {

    private ProvenRecords() {}

    /**
     * Adds the proofs that a record gives.
     *
     * @param origin the path entry of the files
     */
    public static void add(ProofDraft proofs, SourceRecord record, String origin) {
        @Nullable Sha256 content = record.content();
        if (content != null) {
            record.pycs().forEach(pyc -> add(proofs, content, pyc, origin));
        }
    }

    /** Adds the proof that the record of one pyc gives; {@code content} is the source's. */
    static void add(ProofDraft proofs, Sha256 content, PycRecord pyc, String origin) {
        @Nullable Sha256 body = pyc.body();
        @Nullable Evidence evidence = pyc.verdict().evidence();
        if (body != null && evidence != null && pyc.isProvenFor(content)) {
            OutsideEvidence.pair(pyc.head(), pyc.level(), content, body)
                    .ifPresent(pair -> proofs.add(pair, evidence, origin));
        }
    }
}
