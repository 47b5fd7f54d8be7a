package dev.freshpyc.indexer.repair.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FileChange.WholeFile;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Adds to the proofs by content: each body that an interpreter compiled, with its source. Thread-safe. */
final class RecompiledProofs implements AutoCloseable {

    private final ProofDraft draft;

    RecompiledProofs(ProofStore store, InstantSource clock) {
        draft = store.draft(ContentProof.day(clock));
    }

    /**
     * Adds a pyc that was compiled from the content that {@code record} has of its source. If the source is too young for the record to
     * be sure of that content, the proof restores no refuted pair.
     */
    void add(SourceRecord record, WholeFile compiled) {
        @Nullable Sha256 content = record.content();
        if (content != null && compiled.evidence() == Evidence.RECOMPILED) {
            FilePlace place = compiled.place();
            ProvenPair pair = new ProvenPair(content, compiled.newHead().magic(), place.level(), compiled.bodyDigest());
            if (FileStamp.UNSETTLED.equals(record.stamp())) {
                draft.add(pair, Evidence.RECOMPILED, place.entry().path().shown());
            } else {
                add(pair, place.entry());
            }
        }
    }

    /**
     * Restores the refuted pair of a body that stayed, because the repair compiled the source and found equal code. No repair keeps a
     * refuted body without that comparison. A pair whose contents or level the record is not sure of stays refuted.
     */
    void restoreKept(HeaderRewrite kept) {
        FilePlace place = kept.place();
        @Nullable Sha256 content = kept.prior().content();
        if (content == null
                || kept.evidence() != Evidence.RECOMPILED
                || place.isOfAnyOptimization()
                || !kept.sourceStamp().equals(kept.prior().stamp())) {
            return;
        }
        for (PycRecord pyc : kept.prior().pycs()) {
            @Nullable Sha256 body = pyc.body();
            boolean isRefuted = pyc.isOf(place.tag(), place.level())
                    && pyc.verdict().isRefutedByCompiling()
                    && pyc.stamp().equals(kept.stamp());
            if (isRefuted && body != null) {
                ProvenPair pair = new ProvenPair(content, kept.newHead().magic(), place.level(), body);
                draft.addCompared(pair, place.entry().path().shown(), true);
            }
        }
    }

    /**
     * Refutes the old body that a compilation replaced, if its verdict or a proof took it for right. The old body was
     * compared with the new body before.
     */
    void refuteOld(WholeFile compiled) {
        FilePlace place = compiled.place();
        @Nullable Sha256 content = compiled.prior().content();
        for (PycRecord old : compiled.prior().pycs()) {
            @Nullable Sha256 body = old.body();
            boolean isOfSameInterpreter = old.isOf(place.tag(), place.level())
                    && compiled.newHead().magic().equals(new Magic((int)
                            old.head().low()));
            if (isOfSameInterpreter && content != null && body != null && !body.equals(compiled.bodyDigest())) {
                ProvenPair pair = new ProvenPair(content, compiled.newHead().magic(), place.level(), body);
                refute(pair, place.entry(), old.verdict().isBelieved());
            }
        }
    }

    /**
     * Refutes a pair of which an interpreter makes other code, if somebody takes it for right.
     *
     * @param believed whether the interpreter or the evidence of this run does; else a proof must
     */
    void refute(ProvenPair pair, PathEntry entry, boolean believed) {
        if (believed || draft.find(pair).isPresent()) {
            draft.refute(pair, entry.path().shown());
        }
    }

    /** Adds a pair: an interpreter compiled the source to this body. */
    void add(ProvenPair pair, PathEntry entry) {
        draft.addCompared(pair, entry.path().shown(), false);
    }

    void publish() throws IOException {
        draft.publish();
    }

    @Override
    public void close() {
        try {
            draft.close();
        } catch (IOException _) {
            // Temporary files that a later run deletes.
        }
    }
}
