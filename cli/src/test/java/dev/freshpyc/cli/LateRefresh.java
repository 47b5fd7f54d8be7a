package dev.freshpyc.cli;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A refresh by a clock that is so late that no file is too young to be trusted, and no test has to wait for that. */
public final class LateRefresh {

    private static final Duration LATE = Duration.ofHours(1);

    private LateRefresh() {}

    public static void run(IndexStore store, Path entry) throws InterruptedException {
        ScanOptions options = new ScanOptions(
                1,
                Optional.empty(),
                List.of(),
                Exclusions.NONE,
                Optional.empty(),
                Clock.offset(Clock.systemUTC(), LATE));
        IndexRules rules = new IndexRules(RacyWindow.DEFAULT, true, true, true);
        new Refresh(HostFiles.readers(), store, options, rules).run(List.of(new PathEntry.Directory(key(entry), 0)));
    }

    /** The same on the index in that directory. */
    public static void run(Path index, Path entry) throws InterruptedException {
        run(new ChronicleStore(index, StoreEvents.NONE), entry);
    }

    /** The name under which the index of an entry is kept. */
    public static RawPath key(Path entry) {
        return CanonicalPath.of(RawPath.of(entry.toString()));
    }
}
