package dev.freshpyc.indexer.refresh;

import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What runs do with files, and what the files pretend: shared by all workers of a test. */
final class FileWatch implements Supplier<TreeReader> {

    /** When something is done to the tree while a run looks at it. */
    enum Moment {
        READ_HEAD,
        OPEN_CONTENTS,
        /** Between the opening and the first read. */
        READ
    }

    interface Deed {
        void run() throws IOException;
    }

    private final Map<Long, Instant> changeTimes = new ConcurrentHashMap<>();
    private volatile boolean onOtherDevice;
    private volatile StampStability stability = new StampStability("ext4", true);
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> opened = new ConcurrentSkipListSet<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Map<Moment, Deed> deeds = new ConcurrentHashMap<>();

    @Override
    public TreeReader get() {
        return new WatchedFiles(HostFiles.readers().get(), this);
    }

    /** The file of that inode is to say that it changed then, whatever the kernel says. */
    void changed(long inode, Instant when) {
        changeTimes.put(inode, when);
    }

    /** All files report another device from now on, as if another image of equal layout were mounted in place. */
    void moveToOtherDevice() {
        onOtherDevice = true;
    }

    Instant changeTime(long inode) {
        return changeTimes.getOrDefault(inode, Instant.EPOCH);
    }

    long device(long real) {
        return onOtherDevice ? real + 1 : real;
    }

    /** All files lie on a file system of that type from now on. */
    void mountedAs(String fileSystem) {
        stability = StampStability.of(fileSystem);
    }

    StampStability stability() {
        return stability;
    }

    /** Directories of that name cannot be opened from now on. */
    void refuse(String name) {
        refused.add(name);
    }

    /** All can be opened again. */
    void allow() {
        refused.clear();
    }

    boolean refuses(String name) {
        return refused.contains(name);
    }

    /** Does something once, at the first such moment from now on. */
    void onceAt(Moment moment, Deed deed) {
        deeds.put(moment, deed);
    }

    void reached(Moment moment) {
        Deed deed = deeds.remove(moment);
        if (deed != null) {
            try {
                deed.run();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    void openedDirectory(String name) {
        opened.add(name);
    }

    void readFile() {
        reads.incrementAndGet();
    }

    /** How many files were opened since {@link #forget}. */
    int reads() {
        return reads.get();
    }

    /** The names of directories opened since {@link #forget}, entries not among them. */
    Set<String> opened() {
        return opened;
    }

    void forget() {
        reads.set(0);
        opened.clear();
    }
}
