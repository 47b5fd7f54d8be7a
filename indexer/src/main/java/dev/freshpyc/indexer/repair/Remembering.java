package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.record.HeadBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.EntryPaths;
import dev.freshpyc.indexer.scan.ScanEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the index of files that a repair has written itself. Their stamps are taken once the clock of the file system has
 * gone on, so that no later change can bear the same one; there is no need to wait as long as for files that others wrote,
 * whose time of writing is anybody's guess.
 */
final class Remembering {

    /** Longer than the tick of every kernel's file times that has nanoseconds at all. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final IndexStore store;
    private final RepairOptions options;
    private final Crew crew;
    private final InstantSource clock;

    Remembering(IndexStore store, RepairOptions options, Crew crew, InstantSource clock) {
        this.store = store;
        this.options = options;
        this.crew = crew;
        this.clock = clock;
    }

    void tell(List<Change> made) throws IOException, InterruptedException {
        if (made.isEmpty()) {
            return;
        }
        Thread.sleep(TICK);
        Map<Change, Stamp> stamps = new ConcurrentHashMap<>();
        crew.forEach(made, (writer, change) -> {
            try {
                stamps.put(change, writer.stampNow(change));
            } catch (LeftException gone) {
                // What is not there any more is found by the next run.
            }
        });
        Map<Integer, List<Change>> byEntry = new TreeMap<>();
        stamps.keySet()
                .forEach(change -> byEntry.computeIfAbsent(change.entry().index(), _ -> new ArrayList<>())
                        .add(change));
        for (List<Change> changes : byEntry.values()) {
            tell(changes.getFirst().entry(), changes, stamps);
        }
    }

    private void tell(ScanEntry entry, List<Change> changes, Map<Change, Stamp> stamps) throws IOException {
        try (Draft draft = store.draft(EntryPaths.canonical(entry.path()))) {
            for (Change change : changes) {
                draft.get(change.source())
                        .ifPresent(record -> draft.put(
                                change.source(), after(record, change, Objects.requireNonNull(stamps.get(change)))));
            }
            draft.publish(clock.millis() * 1_000_000);
        }
    }

    private SourceRecord after(SourceRecord record, Change change, Stamp stamp) {
        List<PycRecord> pycs = record.pycs().stream()
                .map(pyc -> isOf(pyc, change) ? after(record, pyc, change, stamp) : pyc)
                .toList();
        return new SourceRecord(record.stamp(), record.content(), pycs);
    }

    private PycRecord after(SourceRecord record, PycRecord pyc, Change change, Stamp stamp) {
        byte[] head = change.newHead().encode();
        boolean assumed = change.evidence() == Evidence.ASSUMED;
        byte[] first = pyc.head().toBytes();
        System.arraycopy(head, 0, first, 0, head.length);
        return new PycRecord(
                pyc.tag(),
                pyc.level(),
                stamp,
                HeadBytes.of(first, first.length),
                pyc.body(),
                assumed ? pyc.provenFor() : record.content(),
                verdict(change, assumed));
    }

    private Verdict verdict(Change change, boolean assumed) {
        boolean loads = options.wanted().mode().isHash()
                || options.wanted().sourceMtime(change.sourceStamp())
                        == change.sourceStamp().mtimeSeconds();
        if (!loads) {
            return new Verdict(
                    assumed ? Verdict.Kind.STALE : Verdict.Kind.NEEDLESS,
                    InterpreterAnswer.RECOMPILES,
                    Reason.MTIME,
                    assumed ? Evidence.HEADER : Evidence.INDEX);
        }
        Evidence evidence = options.wanted().mode().isHash() ? Evidence.HASH_HEADER : Evidence.HEADER;
        return new Verdict(
                Verdict.Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, assumed ? Evidence.ASSUMED : evidence);
    }

    private static boolean isOf(PycRecord pyc, Change change) {
        return Objects.equals(pyc.tag(), change.record().tag())
                && pyc.level().equals(change.record().level());
    }
}
