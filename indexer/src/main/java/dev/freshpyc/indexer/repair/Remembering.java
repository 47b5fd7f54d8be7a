package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells the index of files that a repair has written itself. Their stamps are taken once the clock of the file system has
 * gone on, so that no later change can bear the same one; there is no need to wait as long as for files that others wrote,
 * whose time of writing is anybody's guess.
 */
final class Remembering {

    /** Longer than the tick of every kernel's file times that has nanoseconds at all. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final long NANOS_PER_MILLI = 1_000_000;

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

    /** A change that was made, and what the file looks like since. */
    private record Made(Change change, Stamp stamp) {}

    void tell(List<Change> changes, List<SourceTime> times) throws IOException, InterruptedException {
        if (changes.isEmpty() && times.isEmpty()) {
            return;
        }
        long settled = System.nanoTime() + TICK.toNanos();
        Map<ScanEntry, News> byEntry = new HashMap<>();
        try {
            for (ScanEntry entry : entries(changes, times)) {
                byEntry.put(entry, new News(store.draft(EntryPaths.canonical(entry.path()))));
            }
            TimeUnit.NANOSECONDS.sleep(settled - System.nanoTime());
            crew.forEach(changes, (writer, change) -> {
                try {
                    Made made = new Made(change, writer.stampNow(change));
                    news(byEntry, change.place().entry()).made.add(made);
                } catch (LeftException gone) {
                    // What is not there any more is found by the next run.
                }
            });
            crew.forEach(times, (writer, time) -> {
                try {
                    Stamp stamp = writer.tree().sourceStampNow(time.place());
                    news(byEntry, time.entry()).times.put(time.source(), stamp);
                } catch (LeftException gone) {
                    // The same.
                }
            });
            for (News news : byEntry.values()) {
                tell(news);
            }
        } finally {
            byEntry.values().forEach(news -> news.draft.close());
        }
    }

    private static Set<ScanEntry> entries(List<Change> changes, List<SourceTime> times) {
        Set<ScanEntry> entries = new HashSet<>();
        changes.forEach(change -> entries.add(change.place().entry()));
        times.forEach(time -> entries.add(time.entry()));
        return entries;
    }

    private static News news(Map<ScanEntry, News> byEntry, ScanEntry entry) {
        return Objects.requireNonNull(byEntry.get(entry));
    }

    /** What is new of one entry. */
    private static final class News {
        private final Draft draft;
        private final Queue<Made> made = new ConcurrentLinkedQueue<>();
        private final Map<RawPath, Stamp> times = new ConcurrentHashMap<>();

        News(Draft draft) {
            this.draft = draft;
        }
    }

    private void tell(News news) throws IOException {
        Draft draft = news.draft;
        for (Made made : news.made) {
            RawPath source = made.change().place().source();
            draft.get(source).ifPresent(record -> draft.put(source, after(record, made)));
        }
        news.times.forEach((source, stamp) ->
                draft.get(source).ifPresent(record -> draft.put(source, after(record, stamp))));
        draft.publish(clock.millis() * NANOS_PER_MILLI);
    }

    /** A source whose time was set, so that whatever was needless for that alone is loaded. */
    private static SourceRecord after(SourceRecord record, Stamp stamp) {
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        pycs.replaceAll(Remembering::loaded);
        return new SourceRecord(stamp, record.content(), pycs);
    }

    private static PycRecord loaded(PycRecord pyc) {
        return pyc.verdict().kind() == Verdict.Kind.NEEDLESS
                ? new PycRecord(
                        pyc.tag(),
                        pyc.level(),
                        pyc.stamp(),
                        pyc.head(),
                        pyc.body(),
                        pyc.provenFor(),
                        new Verdict(Verdict.Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.INDEX))
                : pyc;
    }

    private SourceRecord after(SourceRecord record, Made made) {
        Change.Place place = made.change().place();
        List<PycRecord> pycs = new ArrayList<>(record.pycs());
        pycs.replaceAll(pyc -> isOf(pyc, place) ? after(record, pyc, made) : pyc);
        return new SourceRecord(record.stamp(), record.content(), pycs);
    }

    private PycRecord after(SourceRecord record, PycRecord pyc, Made made) {
        Change change = made.change();
        boolean assumed = change.evidence() == Evidence.ASSUMED;
        return new PycRecord(
                pyc.tag(),
                pyc.level(),
                change.isMade() ? pyc.stamp() : made.stamp(), // others wrote it, and it may be too young to be trusted
                head(change, pyc.head()),
                change.isWhole() ? change.bodyDigest() : pyc.body(),
                assumed ? pyc.provenFor() : record.content(),
                verdict(change, assumed));
    }

    private static HeadBytes head(Change change, HeadBytes before) {
        byte[] head = change.newHead().encode();
        byte[] first = Arrays.copyOf(head, HeaderLayout.MAX_LENGTH);
        byte[] behind = !change.isWhole()
                ? Arrays.copyOfRange(before.toBytes(), head.length, Math.max(head.length, before.length()))
                : change.bodyBegin();
        int more = Math.min(behind.length, HeaderLayout.MAX_LENGTH - head.length);
        System.arraycopy(behind, 0, first, head.length, more);
        return HeadBytes.of(first, head.length + more);
    }

    private Verdict verdict(Change change, boolean assumed) {
        boolean hashed = change.newHead() instanceof PycHeader.Hashed;
        boolean loads = hashed
                || options.wanted().sourceMtime(change.sourceStamp())
                        == change.sourceStamp().mtimeSeconds();
        if (!loads) {
            return new Verdict(
                    assumed ? Verdict.Kind.STALE : Verdict.Kind.NEEDLESS,
                    InterpreterAnswer.RECOMPILES,
                    Reason.MTIME,
                    assumed ? Evidence.HEADER : proof(change, Evidence.INDEX));
        }
        Evidence evidence = hashed ? Evidence.HASH_HEADER : proof(change, Evidence.HEADER);
        return new Verdict(
                Verdict.Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, assumed ? Evidence.ASSUMED : evidence);
    }

    private static Evidence proof(Change change, Evidence weaker) {
        return change.evidence() == Evidence.RECOMPILED ? Evidence.RECOMPILED : weaker;
    }

    private static boolean isOf(PycRecord pyc, Change.Place place) {
        return Objects.equals(pyc.tag(), place.tag()) && pyc.level().equals(place.level());
    }
}
