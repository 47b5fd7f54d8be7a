package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.manifest.RecordEdit.LineChange;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lines of RECORD files that are to change after a run has changed or removed the files that they list. Thread-safe. */
public final class RecordChanges {

    private final Map<RawPath, LineChanges> records = new TreeMap<>();

    /**
     * The lines of one RECORD.
     *
     * @param lines by path relative to the base of the RECORD
     */
    record LineChanges(WheelRecordPlace place, Map<RawPath, LineChange> lines) {}

    /** Adds the change of a file's line in some RECORD files. */
    public synchronized void add(FilePlace file, Collection<RawPath> listing, LineChange change) {
        for (RawPath record : listing) {
            LineChanges known = records.get(record);
            WheelRecordPlace place = new WheelRecordPlace(record, file.entry());
            LineChanges lines = known == null
                    ? new LineChanges(place, new HashMap<>())
                    : known.place().entry().compareTo(file.entry()) <= 0
                            ? known
                            : new LineChanges(place, known.lines());
            records.put(record, lines);
            place.nameOf(file).ifPresent(name -> lines.lines().put(name, change));
        }
    }

    /** The RECORD files, sorted by path. */
    synchronized List<LineChanges> all() {
        return List.copyOf(records.values());
    }
}
