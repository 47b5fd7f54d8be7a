package dev.freshpyc.indexer.index;

import dev.freshpyc.indexer.index.RefreshVisitor.Refusal;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.ScanEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sums of all workers of one refresh. */
final class RefreshTotal {

    private final VerdictCounts verdicts = new VerdictCounts();
    private final Map<Integer, KeySet> keys = new HashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private long seen;
    private long reused;
    private long hashed;
    private long hashedBytes;
    private final Map<Integer, Long> changed = new HashMap<>();

    void add(VerdictCounts moreVerdicts, Map<Integer, KeySet> moreKeys, List<Refusal> moreRefusals) {
        verdicts.add(moreVerdicts);
        moreKeys.forEach(
                (entry, more) -> keys.computeIfAbsent(entry, _ -> new KeySet()).addAll(more));
        refusals.addAll(moreRefusals);
    }

    void add(RefreshTotal other) {
        add(other.verdicts, other.keys, other.refusals);
        addCounts(other.seen, other.reused, other.hashed, other.hashedBytes, other.changed);
    }

    void addCounts(
            long moreSeen, long moreReused, long moreHashed, long moreHashedBytes, Map<Integer, Long> moreChanged) {
        seen += moreSeen;
        reused += moreReused;
        hashed += moreHashed;
        hashedBytes += moreHashedBytes;
        moreChanged.forEach((entry, count) -> changed.merge(entry, count, Long::sum));
    }

    /** The sources seen below an entry. */
    KeySet keys(ScanEntry entry) {
        return keys.computeIfAbsent(entry.index(), _ -> new KeySet());
    }

    /** Whether any record of an entry is new or differs from the last one. */
    boolean hasChanged(ScanEntry entry) {
        return changed.containsKey(entry.index());
    }

    List<Refusal> refusals() {
        return refusals;
    }

    RefreshSummary summary(long vanished, List<String> troubles) {
        return new RefreshSummary(
                seen, reused, hashed, hashedBytes, all(changed), vanished, verdicts, List.copyOf(troubles));
    }

    private static long all(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
