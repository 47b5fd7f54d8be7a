package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.LateRefresh;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an index says of a tree, every record of it. That a file which times vouch for was proven, too, is left out: it
 * depends on whether an earlier run came upon it while it was too young, and is as true as the other.
 */
record State(Map<RawPath, SourceRecord> records) {

    private static final int SHOWN = 3;

    /** What the index of that entry says. */
    static State of(IndexStore store, Path entry) throws IOException {
        Map<RawPath, SourceRecord> records = new HashMap<>();
        try (Generation generation = store.open(LateRefresh.key(entry)).orElseThrow()) {
            generation.forEach((source, record) -> records.put(source, withoutHistory(record)));
        }
        return new State(records);
    }

    /** Refreshes the index by a clock that is so late that nothing is too young, and tells what it says then. */
    static State settled(IndexStore store, Path entry) throws IOException, InterruptedException {
        LateRefresh.run(store, entry);
        return of(store, entry);
    }

    /** Which records are not what a run may have recorded when that was so: true, and perhaps too young to be trusted. */
    List<String> untrueIn(State settled) {
        Set<RawPath> all = new TreeSet<>(records.keySet());
        all.addAll(settled.records.keySet());
        return all.stream()
                .filter(source -> !isSeen(records.get(source), settled.records.get(source)))
                .map(source ->
                        source + ": " + records.get(source) + " where " + settled.records.get(source) + " is true")
                .limit(SHOWN)
                .toList();
    }

    private static SourceRecord withoutHistory(SourceRecord record) {
        return new SourceRecord(
                record.stamp(),
                record.content(),
                record.pycs().stream().map(State::withoutHistory).toList());
    }

    private static PycRecord withoutHistory(PycRecord pyc) {
        Verdict verdict = pyc.verdict();
        return verdict.kind() == Verdict.Kind.FRESH
                ? pyc.withVerdict(
                        Verdict.recorded(verdict.kind(), verdict.interpreter(), verdict.reason(), Evidence.HEADER))
                : pyc;
    }

    private static boolean isSeen(@Nullable SourceRecord seen, @Nullable SourceRecord settled) {
        return seen != null && settled != null && isTrue(seen, settled);
    }

    private static boolean isTrue(SourceRecord seen, SourceRecord settled) {
        boolean same = isStamp(seen.stamp(), settled.stamp())
                && Objects.equals(seen.content(), settled.content())
                && seen.pycs().size() == settled.pycs().size();
        for (int i = 0; same && i < seen.pycs().size(); i++) {
            same = isTrue(seen.pycs().get(i), settled.pycs().get(i));
        }
        return same;
    }

    private static boolean isTrue(PycRecord seen, PycRecord settled) {
        boolean young =
                seen.stamp().equals(FileStamp.UNSETTLED) && seen.verdict().kind() == Verdict.Kind.UNDECIDED;
        return young ? seen.equals(young(seen, settled)) : seen.equals(settled);
    }

    /** The record of a pair that nothing is trusted of yet: what it looks like, and no verdict. */
    private static PycRecord young(PycRecord seen, PycRecord settled) {
        return new PycRecord(
                settled.tag(),
                settled.level(),
                FileStamp.UNSETTLED,
                settled.head(),
                settled.body(),
                seen.provenFor() == null ? null : settled.provenFor(),
                seen.verdict(),
                seen.learned());
    }

    private static boolean isStamp(@Nullable FileStamp seen, @Nullable FileStamp settled) {
        return FileStamp.UNSETTLED.equals(seen) || Objects.equals(seen, settled);
    }
}
