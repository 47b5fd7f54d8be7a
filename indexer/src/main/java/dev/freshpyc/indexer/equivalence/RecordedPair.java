package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two contents that a judgement is about. */
final class RecordedPair {

    private RecordedPair() {}

    /** The pair; empty where a content was not read. */
    static Optional<ProvenPair> of(Sighting sighting, Judgement judgement) {
        @Nullable Sha256 content = judgement.content();
        Optional<PycRecord> record = judgement.record();
        @Nullable Sha256 body = record.isPresent() ? record.get().body() : null;
        return content == null || body == null
                ? Optional.empty()
                : OutsideEvidence.pair(record.orElseThrow().head(), sighting.level(), content, body);
    }
}
