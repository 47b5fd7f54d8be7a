package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.file.PendingFile;
import dev.freshpyc.core.verdict.Evidence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final OpenProofs known; // the proofs of the store alone
    private final ManyProofs all;
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
        this.all =
                new ManyProofs(Stream.concat(Stream.of(known), shared.stream()).toList());
        this.today = today;
        this.first = store.isEmpty();
    }

    /** The strongest proof of the store and of the shared ones, without those that were added. */
    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        return all.find(pair);
    }

    @Override
    public boolean mayRefute() {
        return all.mayRefute();
    }

    @Override
    public boolean isRefuted(ProvenPair pair) {
        return all.isRefuted(pair);
    }

    @Override
    public boolean isRestored(ProvenPair pair) {
        return all.isRestored(pair);
    }

    /** When the last refutation was published, as {@link ProofStore#refutedAtNanos} tells. */
    public long refutedAtNanos() {
        return store.refutedAtNanos();
    }

    /** Whether nobody had published proofs here when this draft began. */
    public boolean isFirst() {
        return first;
    }

    /**
     * Adds the proof of a pair, or confirms a proof that the run has found here. A pair whose code was compared gets a
     * new proof if the old proof rests on weaker evidence, so that no later run compares the pair again. A refuted pair gets none.
     *
     * @param origin the path entry of the files
     */
    public void add(ProvenPair pair, Evidence evidence, String origin) {
        if (all.isRefuted(pair)) {
            return;
        }
        Optional<ContentProof> old =
                known.find(pair).filter(proof -> proof.isCompared() || evidence != Evidence.RECOMPILED);
        boolean isRecent = old.isPresent() && today - old.get().confirmedDay() < CONFIRMED_AFTER;
        if (isRecent || (old.isEmpty() && !ProofRow.isKept(evidence))) {
            return;
        }
        ContentProof proof = old.orElse(new ContentProof(evidence, origin, today));
        int turn = known.turn(pair);
        if (ProofRow.isRestoring(turn)) {
            addTurn(pair, turn, proof.origin());
        } else {
            addRow(pair, proof);
        }
    }

    /**
     * Adds the proof of a pair whose code this very run has compiled and found equal. The proof restores a refuted pair: the earlier
     * comparison had no release that makes this code. A proof of another machine must never come here.
     *
     * @param origin the path entry of the files
     * @param refuted whether the verdict of this run was that the pair is refuted; the index may know that, and the store not
     */
    public void addCompared(ProvenPair pair, String origin, boolean refuted) {
        if (!refuted && !all.isRefuted(pair)) {
            add(pair, Evidence.RECOMPILED, origin);
            return;
        }
        int turn = known.turn(pair);
        if (!ProofRow.isRestoring(turn) && turn < ProofRow.LAST_TURN) {
            addTurn(pair, Math.max(turn, 0) + 1, origin);
        }
    }

    /**
     * Adds a refutation: this very run compiled the source to other code. From the publication on, {@link
     * KnownProofs#find} finds no proof of the pair in any store, until a later comparison restores the pair.
     *
     * @param origin the path entry of the files
     */
    public void refute(ProvenPair pair, String origin) {
        int turn = known.turn(pair);
        if (!ProofRow.isRefuting(turn)) {
            addTurn(pair, turn + 1, origin);
        }
    }

    private synchronized void addTurn(ProvenPair pair, int turn, String origin) {
        rows.addTurn(pair, turn, origin, today);
        spillIfFull();
    }

    private synchronized void addRow(ProvenPair pair, ContentProof proof) {
        rows.add(pair, proof.evidence(), proof.origin(), today);
        spillIfFull();
    }

    private synchronized void spillIfFull() {
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
        all.close();
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
