package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.ChangeLines;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pycs to which a refresh gives another verdict, and the pycs that are gone. It compares the outcomes of the refresh with the
 * generations that were the latest before. These generations stay open, since the outcomes come after the new ones are published.
 */
public final class VerdictChanges implements Consumer<Outcome>, AutoCloseable {

    private final ServedEntries entries;
    private final VerdictEvents events;
    private final ChangeLines lines = new ChangeLines();
    private final Map<RawPath, Generation> before = new HashMap<>();
    private final Set<Pyc> seen = new HashSet<>();

    /** A pyc that a refresh saw. */
    private record Pyc(
            RawPath entry, RawPath source, @Nullable String tag, OptimizationLevel level) {}

    /**
     * Opens the latest generations; to be called before the refresh.
     *
     * @throws IOException when an index cannot be read
     */
    public VerdictChanges(ServedEntries entries, VerdictEvents events) throws IOException {
        this.entries = entries;
        this.events = events;
        for (RawPath key : entries.keys()) {
            entries.store().open(key).ifPresent(generation -> before.put(key, generation));
        }
    }

    @Override
    public void accept(Outcome outcome) {
        source(outcome).ifPresent(source -> seen.add(new Pyc(outcome.entry(), source, outcome.tag(), outcome.level())));
        if (outcome.effect() instanceof Outcome.Effect.Recorded recorded && !recorded.reused()) {
            Optional<PycRecord> known = known(outcome);
            if (known.isEmpty() || !isSame(known.get().verdict(), recorded.verdict())) {
                events.publish("verdict", lines.verdict(outcome, known, recorded.verdict()));
            }
        }
    }

    private Optional<PycRecord> known(Outcome outcome) {
        @Nullable
        Generation generation = entries.key(outcome.entry()).map(before::get).orElse(null);
        Optional<RawPath> source = source(outcome);
        if (generation == null || source.isEmpty()) {
            return Optional.empty();
        }
        return generation.get(source.get()).stream()
                .flatMap(record -> record.pycs().stream())
                .filter(pyc ->
                        Objects.equals(pyc.tag(), outcome.tag()) && pyc.level().equals(outcome.level()))
                .findFirst();
    }

    private static Optional<RawPath> source(Outcome outcome) {
        return Optional.ofNullable(outcome.source())
                .or(() -> Optional.ofNullable(outcome.pyc()).flatMap(PycPath::sourceOf));
    }

    /**
     * Finds the pycs that are gone: recorded before, not seen by the refresh, and no longer recorded. To be called when the refresh has
     * ended.
     *
     * @param refreshed the paths that the refresh scanned
     * @throws IOException when an index cannot be read
     */
    public void findVanished(List<PathEntry> paths, ChangedPaths refreshed) throws IOException {
        for (PathEntry entry : refreshed.concerned(paths)) {
            @Nullable
            Generation then = entries.key(entry.path()).map(before::get).orElse(null);
            if (then != null) {
                try (Generation now = entries.store().open(then.info().entry()).orElse(null)) {
                    forEachRefreshed(
                            entry, refreshed, then, (source, record) -> findVanished(entry, source, record, now));
                }
            }
        }
    }

    /** Passes the earlier records of the sources that the refresh scanned: of an archive, all. */
    private static void forEachRefreshed(
            PathEntry entry, ChangedPaths refreshed, Generation then, BiConsumer<RawPath, SourceRecord> action) {
        if (entry instanceof PathEntry.Archive) {
            then.forEach(action);
            return;
        }
        for (RawPath source : refreshed.sources(entry)) {
            then.get(source).ifPresent(record -> action.accept(source, record));
        }
    }

    private void findVanished(PathEntry entry, RawPath source, SourceRecord then, @Nullable Generation now) {
        List<PycRecord> left = Optional.ofNullable(now)
                .flatMap(generation -> generation.get(source))
                .map(SourceRecord::pycs)
                .orElse(List.of());
        for (PycRecord pyc : then.pycs()) {
            boolean kept = seen.contains(new Pyc(entry.path(), source, pyc.tag(), pyc.level()))
                    || left.stream().anyMatch(other -> other.isOf(pyc.tag(), pyc.level()));
            if (!kept) {
                events.publish("vanished", lines.vanished(entry.path(), source, pyc));
            }
        }
    }

    private static boolean isSame(Verdict one, Verdict other) {
        return one.kind() == other.kind() && one.reason().equals(other.reason());
    }

    @Override
    public void close() {
        before.values().forEach(Generation::close);
    }
}
