package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.file.PendingFile;
import dev.freshpyc.core.verdict.Evidence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the proofs of one run. A proof that the store has already is not added again, unless it was confirmed long ago. Memory
 * is bounded: many proofs go to temporary files. Thread-safe.
 */
public final class ProofDraft implements KnownProofs, Closeable {

    /** How many rows stay in memory: some six megabytes. */
    private static final int IN_MEMORY = 32_768;

    /** Days after which a proof is confirmed in the store. */
    private static final int CONFIRMED_AFTER = 30;

    private static final Path TEMPORARY = Path.of("temporary proofs");

    private final ProofStore store;
    private final OpenProofs known;
    private final List<OpenProofs> shared;
    private final int today;
    private final boolean first;
    private final List<Spilled> spilled = new ArrayList<>();
    private BufferedRows rows = new BufferedRows();
    private @Nullable IOException refusal;

    /** Rows in a temporary file. */
    private record Spilled(PendingFile pending, ProofFile file) {}

    /**
     * A draft without proofs.
     *
     * @param known the proofs of the store
     * @param shared proofs of other stores, which are found but not added
     */
    ProofDraft(ProofStore store, OpenProofs known, List<OpenProofs> shared, int today) {
        this.store = store;
        this.known = known;
        this.shared = shared;
        this.today = today;
        this.first = store.isEmpty();
    }

    /** The strongest proof of the store and of the shared ones, without those that were added. */
    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        Optional<ContentProof> strongest = known.find(pair);
        for (OpenProofs other : shared) {
            if (strongest.isPresent() && strongest.get().isCompared()) {
                break;
            }
            strongest = ContentProof.stronger(strongest, other.find(pair));
        }
        return strongest;
    }

    /** Whether nobody had published proofs here when this draft began. */
    public boolean isFirst() {
        return first;
    }

    /**
     * Adds what a run has proven, or confirms what it has found here. A pair whose code was compared gets a new proof where the old
     * one rests on less, so that a later run need not compare it again.
     *
     * @param origin the path entry of the files
     */
    public void add(ProvenPair pair, Evidence evidence, String origin) {
        Optional<ContentProof> old =
                known.find(pair).filter(proof -> proof.isCompared() || evidence != Evidence.RECOMPILED);
        boolean isRecent = old.isPresent() && today - old.get().confirmedDay() < CONFIRMED_AFTER;
        if (isRecent || (old.isEmpty() && !ProofRow.isKept(evidence))) {
            return;
        }
        ContentProof proof = old.orElse(new ContentProof(evidence, origin, today));
        addRow(pair, proof);
    }

    private synchronized void addRow(ProvenPair pair, ContentProof proof) {
        rows.add(pair, proof.evidence(), proof.origin(), today);
        if (rows.rows() >= IN_MEMORY && refusal == null) {
            spill();
        }
    }

    /** Makes the proofs visible to later runs. A failure loses the proofs of this run and nothing else. */
    public synchronized void publish() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (rows.rows() == 0 && spilled.isEmpty() && !store.isEmpty()) {
            return;
        }
        List<ProofRows> layers = new ArrayList<>();
        layers.add(rows);
        spilled.forEach(one -> layers.add(one.file));
        store.publish(layers);
        rows = new BufferedRows();
    }

    /** Drops the proofs that were not published. */
    @Override
    public synchronized void close() throws IOException {
        known.close();
        shared.forEach(OpenProofs::close);
        for (Spilled one : spilled) {
            try (PendingFile _ = one.pending) {
                one.file.close();
            }
        }
        spilled.clear();
    }

    /** Writes the rows to a temporary file; where that is refused, this run publishes no proofs. */
    private void spill() {
        try {
            PendingFile pending = store.temporary();
            try {
                ProofFileWriter.write(pending.channel(), List.of(rows), ProofFileWriter.ALL);
                spilled.add(new Spilled(pending, ProofFile.over(TEMPORARY, pending.channel())));
            } catch (IOException full) {
                pending.close();
                throw full;
            }
        } catch (IOException refused) {
            refusal = refused;
        }
        rows = new BufferedRows();
    }
}
