package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.SettledRefresh;
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
 * All records of an index. A comparison ignores the evidence of a fresh pyc, which depends on whether an earlier run
 * saw the file before its stamp was settled.
 */
record IndexState(Map<RawPath, SourceRecord> records) {

    private static final int MAX_SHOWN = 3;

    /** Reads the index of an entry. */
    static IndexState of(IndexStore store, Path entry) throws IOException {
        Map<RawPath, SourceRecord> records = new HashMap<>();
        try (Generation generation = store.open(SettledRefresh.key(entry)).orElseThrow()) {
            generation.forEach((source, record) -> records.put(source, withoutEvidence(record)));
        }
        return new IndexState(records);
    }

    /** Refreshes the index in a run that counts every stamp as settled, and reads the index. */
    static IndexState settled(IndexStore store, Path entry) throws IOException, InterruptedException {
        SettledRefresh.run(store, entry);
        return of(store, entry);
    }

    /** The wrong records: those that differ from {@code settled} by more than a stamp that was not settled. */
    List<String> wrongRecords(IndexState settled) {
        Set<RawPath> all = new TreeSet<>(records.keySet());
        all.addAll(settled.records.keySet());
        return all.stream()
                .filter(source -> !isRightRecord(records.get(source), settled.records.get(source)))
                .map(source -> source + ": " + records.get(source) + " instead of " + settled.records.get(source))
                .limit(MAX_SHOWN)
                .toList();
    }

    private static SourceRecord withoutEvidence(SourceRecord record) {
        return new SourceRecord(
                record.stamp(),
                record.content(),
                record.pycs().stream().map(IndexState::withoutEvidence).toList());
    }

    private static PycRecord withoutEvidence(PycRecord pyc) {
        Verdict verdict = pyc.verdict();
        return verdict.kind() == Verdict.Kind.FRESH
                ? pyc.withVerdict(
                        Verdict.recorded(verdict.kind(), verdict.interpreter(), verdict.reason(), Evidence.HEADER))
                : pyc;
    }

    private static boolean isRightRecord(@Nullable SourceRecord seen, @Nullable SourceRecord settled) {
        return seen != null && settled != null && isRight(seen, settled);
    }

    private static boolean isRight(SourceRecord seen, SourceRecord settled) {
        boolean same = isRightStamp(seen.stamp(), settled.stamp())
                && Objects.equals(seen.content(), settled.content())
                && seen.pycs().size() == settled.pycs().size();
        for (int i = 0; same && i < seen.pycs().size(); i++) {
            same = isRight(seen.pycs().get(i), settled.pycs().get(i));
        }
        return same;
    }

    private static boolean isRight(PycRecord seen, PycRecord settled) {
        boolean unsettled =
                seen.stamp().equals(FileStamp.UNSETTLED) && seen.verdict().kind() == Verdict.Kind.UNDECIDED;
        return unsettled ? seen.equals(unsettled(seen, settled)) : seen.equals(settled);
    }

    /** The record of a pair whose stamps are not settled: the record has the contents and no verdict. */
    private static PycRecord unsettled(PycRecord seen, PycRecord settled) {
        return new PycRecord(
                settled.tag(),
                settled.level(),
                FileStamp.UNSETTLED,
                settled.head(),
                settled.body(),
                seen.provenFor() == null ? null : settled.provenFor(),
                seen.provenFor() == null ? null : settled.basis(),
                seen.verdict(),
                seen.facts());
    }

    private static boolean isRightStamp(@Nullable FileStamp seen, @Nullable FileStamp settled) {
        return FileStamp.UNSETTLED.equals(seen) || Objects.equals(seen, settled);
    }
}
