package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.repair.change.FilePlace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file systems that a run has written to, each represented by one of the files written. An entry may have more than one,
 * since file systems can be mounted below it.
 */
public final class WrittenFileSystems {

    private final Map<Long, FilePlace> byDevice = new ConcurrentHashMap<>();

    /** Adds the file system of a file that was made or written. */
    void add(FileFacts file, FilePlace place) {
        byDevice.putIfAbsent(file.identity().device(), place);
    }

    /** One written file of each file system. */
    List<FilePlace> places() {
        return List.copyOf(byDevice.values());
    }
}
