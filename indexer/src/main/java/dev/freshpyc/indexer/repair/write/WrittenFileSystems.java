package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import dev.freshpyc.indexer.repair.tree.StepRunner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file systems that a run has written to, each with a file whose directory stands for it. An entry may have more than one,
 * since others can be mounted below it.
 */
public final class WrittenFileSystems {

    private final Map<Long, FileLocation> written = new ConcurrentHashMap<>();

    /** Takes note of a file that is new, or was written. */
    public void wroteTo(FileFacts file, FileLocation location) {
        written.putIfAbsent(file.identity().device(), location);
    }

    /** Waits until all that was written to them so far is on the disk. */
    public void force(WriterPool crew, OutcomeCollector total) throws IOException, InterruptedException {
        StepRunner attempts = new StepRunner(total);
        crew.forEach(
                List.copyOf(written.values()),
                (writer, location) -> attempts.succeeds(
                        location, () -> writer.force(writer.tree().cache(location))));
    }
}
