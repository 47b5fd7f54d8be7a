package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.file.DamageReport;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proofs of one directory. The files are opened when a proof is asked for. Thread-safe. */
public final class OpenProofs implements KnownProofs, Closeable {

    /** An open file, and the report of damage in it. */
    record Watched(ProofFile file, DamageReport damage) {}

    /** Opens all files of the directory. */
    interface Opener {
        List<Watched> open() throws IOException;
    }

    private final Opener opener;
    private final Supplier<Boolean> refuting;
    private final boolean own;
    private final Set<String> problems = ConcurrentHashMap.newKeySet();
    private volatile @Nullable List<Watched> files;
    private volatile @Nullable Boolean mayRefute;

    /**
     * The proofs in files that are not opened yet.
     *
     * @param refuting tells, without opening the files, whether any of them may refute a pair
     * @param own whether the comparisons of this user fill the directory; false for a directory of others
     */
    OpenProofs(Opener opener, Supplier<Boolean> refuting, boolean own) {
        this.opener = opener;
        this.refuting = refuting;
        this.own = own;
    }

    @Override
    public boolean mayRefute() {
        @Nullable Boolean known = mayRefute;
        if (known == null) {
            known = refuting.get();
            mayRefute = known;
        }
        return known;
    }

    @Override
    public boolean isRefuted(ProvenPair pair) {
        return ProofRow.isRefuting(turn(pair));
    }

    /** {@inheritDoc} In a directory of others, such a proof outranks the refutations in that directory and no more. */
    @Override
    public boolean isRestored(ProvenPair pair) {
        return own && ProofRow.isRestoring(turn(pair));
    }

    /** The last turn of the pair in all files. */
    int turn(ProvenPair pair) {
        return mayRefute()
                ? files().stream()
                        .mapToInt(watched -> turn(pair, watched))
                        .max()
                        .orElse(ProofRow.NO_TURN)
                : ProofRow.NO_TURN;
    }

    private int turn(ProvenPair pair, Watched watched) {
        try {
            return watched.file.turn(pair);
        } catch (IOException unreadable) {
            problems.add(String.valueOf(watched.damage.report(unreadable).getMessage()));
            return ProofRow.NO_TURN;
        }
    }

    /** The strongest proof of the pair in all files. */
    @Override
    public Optional<ContentProof> find(ProvenPair pair) {
        Optional<ContentProof> strongest = Optional.empty();
        for (Watched watched : files()) {
            strongest = ContentProof.stronger(strongest, find(pair, watched));
            if (strongest.isPresent() && strongest.get().isCompared()) {
                break;
            }
        }
        return strongest.filter(_ -> !isRefuted(pair));
    }

    private Optional<ContentProof> find(ProvenPair pair, Watched watched) {
        try {
            return watched.file.find(pair);
        } catch (IOException unreadable) {
            problems.add(String.valueOf(watched.damage.report(unreadable).getMessage()));
            return Optional.empty();
        }
    }

    /** Why proofs could not be read, a line each. */
    public List<String> problems() {
        return problems.stream().sorted().toList();
    }

    @Override
    public void close() {
        @Nullable List<Watched> open = files;
        if (open != null) {
            ProofStore.close(open);
        }
    }

    private List<Watched> files() {
        @Nullable List<Watched> known = files;
        return known == null ? open() : known;
    }

    private synchronized List<Watched> open() {
        @Nullable List<Watched> known = files;
        if (known == null) {
            try {
                known = opener.open();
            } catch (IOException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
                known = List.of();
            }
            files = known;
        }
        return known;
    }
}
