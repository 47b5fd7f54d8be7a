package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.refresh.RefreshVisitor.Refusal;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The sums of one worker, or of all workers of one refresh. */
final class RefreshTotal {

    private final VerdictCounts verdicts = new VerdictCounts();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Map<PathEntry, EntryTotal> entries = new HashMap<>();
    private final Set<PathEntry> repeated = new HashSet<>();
    private long seen;
    private long reused;
    private long hashed;
    private long hashedBytes;
    private long changed;

    void addFile(Verdict verdict, boolean wasReused) {
        verdicts.add(verdict);
        seen++;
        reused += wasReused ? 1 : 0;
    }

    void addFiles(Seal recognized) {
        verdicts.addUnproven(recognized.unproven());
        recognized.verdicts().forEach((kind, count) -> {
            verdicts.add(kind, count);
            seen += count;
            reused += count;
        });
    }

    void addSource(boolean differs) {
        changed += differs ? 1 : 0;
    }

    void addRefusal(Refusal refusal) {
        refusals.add(refusal);
    }

    void addRepeated(PathEntry entry) {
        repeated.add(entry);
    }

    void addHashed(long files, long bytes) {
        hashed += files;
        hashedBytes += bytes;
    }

    void add(RefreshTotal other) {
        verdicts.add(other.verdicts);
        refusals.addAll(other.refusals);
        repeated.addAll(other.repeated);
        other.entries.forEach((entry, more) ->
                entries.computeIfAbsent(entry, _ -> new EntryTotal()).add(more));
        seen += other.seen;
        reused += other.reused;
        hashed += other.hashed;
        hashedBytes += other.hashedBytes;
        changed += other.changed;
    }

    EntryTotal of(PathEntry entry) {
        return entries.computeIfAbsent(entry, _ -> new EntryTotal());
    }

    /** Whether the entry was not walked, since an earlier entry is the same directory. */
    boolean isRepeated(PathEntry entry) {
        return repeated.contains(entry);
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /**
     * The summary of a walk. A directory that is gone when it is opened is no problem; a missing entry is a problem.
     */
    RefreshSummary ofWalk(long vanished, List<String> unwritten) {
        return summary(vanished, refusal -> !refusal.isAbsent() || refusal.isOfEntry(), unwritten);
    }

    /**
     * The summary of a run on named directories. A missing directory is no problem, since the user also names removed
     * directories.
     */
    RefreshSummary ofChanges(long vanished, List<String> unwritten) {
        return summary(vanished, refusal -> !refusal.isAbsent(), unwritten);
    }

    private RefreshSummary summary(long vanished, Predicate<Refusal> isProblem, List<String> unwritten) {
        List<String> unread = refusals.stream()
                .filter(isProblem)
                .map(Refusal::line)
                .distinct()
                .sorted()
                .toList();
        return new RefreshSummary(
                seen, reused, hashed, hashedBytes, changed, vanished, verdicts, unread, List.copyOf(unwritten));
    }

    /** The sums of a refresh below one entry. */
    static final class EntryTotal {

        private final KeySet keys = new KeySet();
        private final Set<RawPath> recognized = new HashSet<>();
        private final Map<RawPath, Seal> seals = new HashMap<>();
        private long recognizedRecords;
        private long added;
        private boolean changed;

        void addSource(RawPath key, boolean isNew, boolean differs) {
            keys.add(key);
            added += isNew ? 1 : 0;
            changed |= differs;
        }

        void addRecognized(RawPath directory, Seal seal) {
            recognized.add(directory);
            recognizedRecords += seal.records();
        }

        void addSeal(RawPath directory, Seal seal) {
            seals.put(directory, seal);
        }

        void add(EntryTotal other) {
            keys.addAll(other.keys);
            recognized.addAll(other.recognized);
            seals.putAll(other.seals);
            recognizedRecords += other.recognizedRecords;
            added += other.added;
            changed |= other.changed;
        }

        /** How many sources have records. */
        long records() {
            return keys.count() + recognizedRecords;
        }

        boolean contains(RawPath key) {
            return keys.contains(key) || recognized.contains(key.parent());
        }

        /** How many sources have a record that the index had not. */
        long added() {
            return added;
        }

        /** Whether any record is new or has changed. */
        boolean hasChanged() {
            return changed;
        }

        /** New seals, by directory. */
        Map<RawPath, Seal> seals() {
            return seals;
        }
    }
}
