package dev.freshpyc.indexer.repair;

import dev.freshpyc.indexer.fs.linux.FileFacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file systems that a run has written to, each with a file whose directory stands for it. An entry may have more than one,
 * since others can be mounted below it.
 */
final class FileSystems {

    private final Map<Long, Change.Place> written = new ConcurrentHashMap<>();

    /** Takes note of a file that is new, or was written. */
    void wroteTo(FileFacts file, Change.Place place) {
        written.putIfAbsent(file.identity().device(), place);
    }

    /** Waits until all that was written to them so far is on the disk. */
    void force(WriterPool crew, RepairTotal total) throws IOException, InterruptedException {
        Attempts attempts = new Attempts(total);
        crew.forEach(
                List.copyOf(written.values()),
                (writer, place) -> attempts.succeeds(
                        place, () -> writer.force(writer.tree().cache(place))));
    }
}
