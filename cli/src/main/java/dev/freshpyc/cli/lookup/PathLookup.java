package dev.freshpyc.cli.lookup;

import dev.freshpyc.cli.meter.LookupMeters;
import dev.freshpyc.cli.render.LookupReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.indexer.index.NearestIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports the records of paths. Thread-safe. */
public final class PathLookup {

    private final NearestIndex places;
    private final IndexReads records;

    /** Finds records of an index. */
    @FunctionalInterface
    public interface IndexReads {

        /** The records of some sources, as {@link dev.freshpyc.core.store.IndexStore#find} has them. */
        Optional<FoundRecords> find(RawPath entry, Collection<RawPath> sources) throws IOException;
    }

    public PathLookup(NearestIndex places, IndexReads records) {
        this.places = places;
        this.records = records;
    }

    /**
     * A path with the entry of its index.
     *
     * @param entry the entry of the index; {@link RawPath#EMPTY} where no index has the path
     * @param key the source relative to the entry
     */
    private record Asked(RawPath path, RawPath entry, RawPath key) {}

    /**
     * Reports the record of each path, in the order of the paths.
     *
     * @return whether every path has a record
     * @throws IOException when an index cannot be read
     */
    public boolean answer(List<RawPath> paths, LookupReport report, LookupMeters meters) throws IOException {
        List<Asked> asked = new ArrayList<>();
        for (RawPath path : paths) {
            asked.add(places.find(path)
                    .map(place -> new Asked(path, place.entry(), place.source()))
                    .orElse(new Asked(path, RawPath.EMPTY, RawPath.EMPTY)));
        }
        Map<RawPath, FoundRecords> found = find(asked);
        boolean all = true;
        for (Asked one : asked) {
            all &= answer(one, found.get(one.entry()), report, meters);
        }
        return all;
    }

    /** Finds the records, reading each index once for all of its paths. */
    private Map<RawPath, FoundRecords> find(List<Asked> asked) throws IOException {
        Map<RawPath, Set<RawPath>> keys = new LinkedHashMap<>();
        asked.stream()
                .filter(one -> one.entry().isAbsolute())
                .forEach(one -> keys.computeIfAbsent(one.entry(), _ -> new LinkedHashSet<>())
                        .add(one.key()));
        Map<RawPath, FoundRecords> found = new HashMap<>();
        for (Map.Entry<RawPath, Set<RawPath>> entry : keys.entrySet()) {
            records.find(entry.getKey(), entry.getValue()).ifPresent(known -> found.put(entry.getKey(), known));
        }
        return found;
    }

    private static boolean answer(Asked asked, @Nullable FoundRecords found, LookupReport report, LookupMeters meters) {
        @Nullable SourceRecord record = found == null ? null : found.records().get(asked.key());
        if (found == null || record == null) {
            report.unknown(asked.path());
            meters.unknown();
            return false;
        }
        report.known(asked.path(), asked.key(), found.info(), record);
        meters.known(record);
        return true;
    }
}
