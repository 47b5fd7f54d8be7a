package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The sums of a refresh below one entry. */
final class EntryTotal {

    private final KeySet keys = new KeySet();
    private final Set<RawPath> recognized = new HashSet<>();
    private final Map<RawPath, Seal> seals = new HashMap<>();
    private long recognizedRecords;
    private boolean changed;

    void addSource(RawPath key, boolean differs) {
        keys.add(key);
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
        changed |= other.changed;
    }

    /** How many sources have records. */
    long records() {
        return keys.count() + recognizedRecords;
    }

    boolean contains(RawPath key) {
        return keys.contains(key) || recognized.contains(key.parent());
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
