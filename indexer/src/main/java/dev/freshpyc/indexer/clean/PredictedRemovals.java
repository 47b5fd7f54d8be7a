package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.repair.installer.RecordForecast;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.write.EmptyDirectories;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports the files that one worker selects, and the directories that would be empty without them, and removes nothing. */
final class PredictedRemovals implements RemovalCollector.Removals {

    private final Optional<RawPath> root;
    private final OutcomeTally tally;
    private final InstallerRecords records;
    private final RecordForecast forecast;
    private final Map<Directory, Long> files = new HashMap<>();

    private record Directory(PathEntry entry, RawPath path) {
        static Directory of(Removal removal) {
            return new Directory(removal.place().entry(), removal.place().directory());
        }
    }

    /**
     * A prediction for one worker.
     *
     * @param records which files stand in the records of package managers
     * @param forecast that of all workers
     */
    PredictedRemovals(Optional<RawPath> root, OutcomeTally tally, InstallerRecords records, RecordForecast forecast) {
        this.root = root;
        this.tally = tally;
        this.records = records;
        this.forecast = forecast;
    }

    @Override
    public void take(List<Removal> removals, List<Removal> caches) {
        for (Removal removal : removals) {
            FilePlace place = removal.place();
            tally.add(removal.outcome(records.isPackaged(place)));
            forecast.add(place, records.updated(place), /* decided= */ true);
            if (removal.isInCache()) {
                files.merge(Directory.of(removal), 1L, Long::sum);
            }
        }
        try (EmptyDirectories directories = new EmptyDirectories(root, tally)) {
            for (Removal cache : caches) {
                long removed =
                        Optional.ofNullable(files.remove(Directory.of(cache))).orElse(0L);
                if (directories.willBeEmpty(cache, removed)) {
                    tally.add(cache.directoryOutcome());
                }
            }
        }
    }
}
