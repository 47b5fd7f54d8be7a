package dev.freshpyc.indexer.repair;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file systems of what is repaired: one directory of each entry stands for its own. */
final class FileSystems {

    private final Crew crew;
    private final Attempts attempts;
    private final Map<Integer, Change.Place> bytecode = new LinkedHashMap<>();
    private final Map<Integer, Change.Place> sources = new LinkedHashMap<>();

    FileSystems(Crew crew, RepairTotal total) {
        this.crew = crew;
        this.attempts = new Attempts(total);
    }

    /** Adds those of bytecode files. */
    FileSystems ofBytecode(Collection<Change> changes) {
        changes.forEach(change -> bytecode.putIfAbsent(change.place().entry().index(), change.place()));
        return this;
    }

    /** Adds those of sources. */
    FileSystems ofSources(Collection<SourceTime> times) {
        times.forEach(time -> sources.putIfAbsent(time.entry().index(), time.place()));
        return this;
    }

    /** Waits until all that was written to them is on the disk. */
    void force() throws IOException, InterruptedException {
        crew.forEach(
                List.copyOf(bytecode.values()),
                (writer, place) -> attempts.succeeds(
                        place, () -> writer.force(writer.tree().cache(place))));
        crew.forEach(
                List.copyOf(sources.values()),
                (writer, place) -> attempts.succeeds(
                        place, () -> writer.force(writer.tree().sourceDirectory(place))));
    }
}
