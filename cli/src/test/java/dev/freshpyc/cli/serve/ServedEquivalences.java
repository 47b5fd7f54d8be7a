package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.Upstream;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A service without entries, for tests of its equivalences. */
record ServedEquivalences(ServedEntries entries, RefreshJobs jobs, Equivalences equivalences, HttpService service)
        implements AutoCloseable {

    static ServedEquivalences start(Path directory, Optional<URI> upstream, boolean isReadOnly) throws IOException {
        return start(directory, "", upstream, isReadOnly);
    }

    static ServedEquivalences start(Path directory, String prefix, Optional<URI> upstream, boolean isReadOnly)
            throws IOException {
        ServedEntries entries = new ServedEntries(
                new ChronicleStore(directory, StoreEvents.NONE), List.of(), ScanOptions.defaults(), System::nanoTime);
        RefreshJobs jobs = new RefreshJobs(entries, _ -> Optional.empty());
        Equivalences equivalences = new Equivalences(
                EquivalenceStore.open(directory.resolve("equivalence.sqlite")),
                upstream.map(url -> new Upstream(url, System::nanoTime)),
                isReadOnly);
        Clock clock = Clock.systemUTC();
        HttpService service = HttpService.start(
                Access.local(ListenAddress.of("127.0.0.1:0")),
                new ServiceState(
                        entries,
                        jobs,
                        equivalences,
                        prefix,
                        new ServiceMeters(entries, clock),
                        new VerdictEvents(),
                        new VerdictHistory(entries, clock),
                        clock));
        return new ServedEquivalences(entries, jobs, equivalences, service);
    }

    RawHttp http() {
        return new RawHttp(service.port());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    @Override
    public void close() {
        service.close();
        equivalences.close();
        jobs.close();
        entries.close();
    }
}
