package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The service of one entry in this process, at a port of the system's choice. Its refreshes break off at once. */
record RunningService(
        ServedEntries entries,
        VerdictEvents events,
        VerdictHistory history,
        RefreshJobs jobs,
        Equivalences equivalences,
        HttpService http)
        implements AutoCloseable {

    static RunningService of(Path lib, Path index) throws IOException {
        return of(lib, index, Access.local(ListenAddress.of("127.0.0.1:0")));
    }

    static RunningService of(Path lib, Path index, Access access) throws IOException {
        ServedEntries entries = new ServedEntries(
                new ChronicleStore(index, StoreEvents.NONE),
                GivenPath.entries(List.of(RawPath.of(lib.toString()))),
                ScanOptions.defaults(),
                System::nanoTime);
        Clock clock = Clock.systemUTC();
        VerdictEvents events = new VerdictEvents();
        VerdictHistory history = new VerdictHistory(entries, clock);
        RefreshJobs jobs = new RefreshJobs(entries, _ -> Optional.empty());
        Equivalences equivalences =
                new Equivalences(EquivalenceStore.open(index.resolve("equivalence.sqlite")), Optional.empty(), false);
        ServiceMeters meters = new ServiceMeters(entries, clock);
        return new RunningService(
                entries,
                events,
                history,
                jobs,
                equivalences,
                HttpService.start(
                        access, new ServiceState(entries, jobs, equivalences, "", meters, events, history, clock)));
    }

    @Override
    public void close() {
        http.close();
        equivalences.close();
        jobs.close();
        entries.close();
    }
}
