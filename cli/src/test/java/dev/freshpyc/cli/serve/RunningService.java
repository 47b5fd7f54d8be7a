package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.http.BoundedClient;
import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.Upstream;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service in this process, at a free port. Every refresh of this service breaks off at once. */
public record RunningService(
        ServedEntries entries,
        VerdictEvents events,
        VerdictHistory history,
        RefreshJobs jobs,
        Equivalences equivalences,
        HttpService service)
        implements AutoCloseable {

    /** Starts a service of one entry. */
    static RunningService of(Path lib, Path index) throws IOException {
        return of(lib, index, Access.local(ListenAddress.of("127.0.0.1:0")));
    }

    public static RunningService of(Path lib, Path index, Access access) throws IOException {
        Equivalences equivalences = new Equivalences(store(index), Optional.empty(), false);
        return start(GivenPath.entries(List.of(RawPath.of(lib.toString()))), index, access, "", equivalences);
    }

    /** Starts a service without entries, for tests of equivalences. */
    public static RunningService ofEquivalences(Path directory, Optional<URI> upstream, boolean isReadOnly)
            throws IOException {
        return ofEquivalences(directory, "", upstream, isReadOnly);
    }

    static RunningService ofEquivalences(Path directory, String prefix, Optional<URI> upstream, boolean isReadOnly)
            throws IOException {
        Optional<Upstream> above = Optional.empty();
        if (upstream.isPresent()) {
            BoundedClient client = BoundedClient.of(upstream.get(), Map.of());
            above = Optional.of(new Upstream(upstream.get(), client, System::nanoTime, _ -> {}));
        }
        Equivalences equivalences = new Equivalences(store(directory), above, isReadOnly);
        return start(List.of(), directory, Access.local(ListenAddress.of("127.0.0.1:0")), prefix, equivalences);
    }

    private static EquivalenceStore store(Path directory) throws IOException {
        return EquivalenceStore.open(directory.resolve("equivalence.sqlite"));
    }

    private static RunningService start(
            List<PathEntry> paths, Path index, Access access, String prefix, Equivalences equivalences) {
        ServedEntries entries = new ServedEntries(
                new ChronicleStore(index, StoreEvents.NONE), paths, ScanOptions.defaults(), System::nanoTime);
        Clock clock = Clock.systemUTC();
        VerdictEvents events = new VerdictEvents();
        VerdictHistory history = new VerdictHistory(entries, clock);
        RefreshJobs jobs = new RefreshJobs(entries, _ -> Optional.empty());
        ServiceMeters meters = new ServiceMeters(entries, clock);
        ServiceState state = new ServiceState(entries, jobs, equivalences, prefix, meters, events, history, clock);
        return new RunningService(entries, events, history, jobs, equivalences, HttpService.start(access, state));
    }

    int port() {
        return service.port();
    }

    RawHttp http() {
        return new RawHttp(port());
    }

    /** The base address of all requests. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        service.close();
        equivalences.close();
        jobs.close();
        entries.close();
    }
}
