package dev.freshpyc.cli.command;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Handles files that were so young at a refresh that their stamps do not count: a command that needs all evidence reads them again. */
final class YoungFiles {

    private YoungFiles() {}

    /** Where the first refresh found young files, waits until all files are old enough and reads the tree a second time. */
    static RefreshSummary settle(
            RefreshSummary first, Refresh refresh, IndexStore store, List<PathEntry> entries, ScanOptions scan)
            throws InterruptedException {
        if (!areIn(store, entries, scan)) {
            return first;
        }
        TimeUnit.NANOSECONDS.sleep(RacyWindow.DEFAULT.width().toNanos());
        return refresh.run(entries);
    }

    private static boolean areIn(IndexStore store, List<PathEntry> entries, ScanOptions scan) {
        AtomicBoolean unsettled = new AtomicBoolean();
        for (PathEntry entry : entries) {
            try (OpenIndexes indexes = new OpenIndexes(store, List.of(entry), scan)) {
                indexes.forEach((_, record) -> {
                    if (!record.isSettled()) {
                        unsettled.set(true);
                    }
                });
            }
        }
        return unsettled.get();
    }
}
