package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.serve.ServedEntries;
import dev.freshpyc.cli.serve.ServiceMeters;
import dev.freshpyc.cli.serve.VerdictEvents;
import dev.freshpyc.cli.serve.VerdictHistory;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Runs the refreshes of a service in this process and gives access to the events that the refreshes publish. */
record ServedTree(ServedEntries served, ServedRefresh refresh, VerdictEvents events, ByteArrayOutputStream err)
        implements AutoCloseable {

    /** @param index the directory of the indexes */
    static ServedTree of(Path index, List<PathEntry> entries, ScanOptions scan) {
        ChronicleStore store = new ChronicleStore(index, StoreEvents.NONE);
        ServedEntries served = new ServedEntries(store, entries, scan, System::nanoTime);
        VerdictEvents events = new VerdictEvents();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ServedRefresh refresh = new ServedRefresh(
                served,
                Optional.of(new ProofStore(index, StoreEvents.NONE, ProofStore.DEFAULT_MOST)),
                scan,
                entries,
                InterpreterQuestion.of(new CommandLine(new ServeCommand().spec())
                        .parseArgs(
                                "--index",
                                index.toString(),
                                entries.getFirst().path().toPython())),
                new ServiceMeters(served, Clock.systemUTC()),
                events,
                new VerdictHistory(served, Clock.systemUTC()),
                Optional.empty(),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new ServedTree(served, refresh, events, err);
    }

    /**
     * Returns whether an event with the name and all parts in its data has been published or is published within the
     * time.
     */
    boolean hasEvent(String name, List<String> parts, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long last = 0;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            List<VerdictEvents.Event> next = events.after(last, 1, left);
            if (next.isEmpty()) {
                return false;
            }
            VerdictEvents.Event event = next.getFirst();
            if (event.name().equals(name) && parts.stream().allMatch(event.data()::contains)) {
                return true;
            }
            last = event.id();
        }
    }

    @Override
    public void close() {
        served.close();
    }
}
