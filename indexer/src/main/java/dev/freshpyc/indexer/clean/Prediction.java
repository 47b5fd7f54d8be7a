package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.write.EmptyDirectories;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Says of the files that one worker selects that they would be removed, and of directories whether they would be empty then. */
final class Prediction implements RemovalCollector.Removals {

    private final Optional<RawPath> root;
    private final OutcomeTally tally;
    private final Predicate<FilePlace> packaged;
    private final Map<Directory, Long> files = new HashMap<>();

    private record Directory(PathEntry entry, RawPath path) {
        static Directory of(Removal removal) {
            return new Directory(removal.place().entry(), removal.place().directory());
        }
    }

    /** @param packaged whether a package's manifest lists a digest of a pyc */
    Prediction(Optional<RawPath> root, OutcomeTally tally, Predicate<FilePlace> packaged) {
        this.root = root;
        this.tally = tally;
        this.packaged = packaged;
    }

    @Override
    public void take(List<Removal> removals, List<Removal> caches) {
        for (Removal removal : removals) {
            tally.add(removal.outcome(packaged.test(removal.place())));
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
