package dev.freshpyc.cli;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A refresh whose clock is one hour ahead, so that every stamp counts as settled and no test has to sleep. */
public final class SettledRefresh {

    private static final Duration AHEAD = Duration.ofHours(1);

    private SettledRefresh() {}

    public static void run(IndexStore store, Path entry) throws InterruptedException {
        run(store, Optional.empty(), entry);
    }

    private static void run(IndexStore store, Optional<ProofStore> proofs, Path entry) throws InterruptedException {
        ScanOptions options = new ScanOptions(
                1,
                Optional.empty(),
                List.of(),
                Exclusions.NONE,
                Optional.empty(),
                Clock.offset(Clock.systemUTC(), AHEAD));
        IndexRules rules = new IndexRules(RacyWindow.DEFAULT, true, true, true);
        new Refresh(HostFiles.readers(), store, proofs, options, rules).run(GivenPath.ofPath(List.of(key(entry))));
    }

    /** Refreshes the index in the directory {@code index} and the proofs beside it. */
    public static void run(Path index, Path entry) throws InterruptedException {
        run(
                new ChronicleStore(index, StoreEvents.NONE),
                Optional.of(new ProofStore(index, StoreEvents.NONE, ProofStore.DEFAULT_MOST)),
                entry);
    }

    /** The canonical path by which a store finds the index of an entry. */
    public static RawPath key(Path entry) {
        return CanonicalPath.of(RawPath.of(entry.toString()));
    }
}
