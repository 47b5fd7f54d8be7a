package dev.freshpyc.indexer.refresh;

import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.testing.TreeEdit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Records the files and directories that a run opens, and replaces the times, the device and the file system that files
 * report. All workers of a test share one instance.
 */
final class FileWatch implements Supplier<TreeReader> {

    /** The moment of a run at which the tree is edited. */
    enum Moment {
        READ_HEAD,
        OPEN_CONTENTS,
        /** After the file was opened, before the first read. */
        READ
    }

    private final Map<Long, Instant> changeTimes = new ConcurrentHashMap<>();
    private final Map<Long, Instant> birthTimes = new ConcurrentHashMap<>();
    private final AtomicInteger ticks = new AtomicInteger();
    private volatile boolean onOtherDevice;
    private volatile StampStability stability = new StampStability("ext4", true);
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> opened = new ConcurrentSkipListSet<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Map<Moment, TreeEdit> edits = new ConcurrentHashMap<>();

    @Override
    public TreeReader get() {
        return new WatchedReader(HostFiles.readers().get(), this);
    }

    /** Makes the file with an inode number report {@code when} as its ctime. */
    void setChangeTime(long inode, Instant when) {
        changeTimes.put(inode, when);
    }

    /** Makes the file with an inode number report {@code when} as its birth time; other files report none. */
    void setBirthTime(long inode, Instant when) {
        birthTimes.put(inode, when);
    }

    Optional<Instant> birthTime(long inode) {
        return Optional.ofNullable(birthTimes.get(inode));
    }

    /** The time {@code now} of the test's clock, some nanoseconds later at each call. */
    Instant tick(Instant now) {
        return now.plusNanos(ticks.incrementAndGet());
    }

    /** Makes all files report another device, as if another image with equal files were mounted there. */
    void moveToOtherDevice() {
        onOtherDevice = true;
    }

    Instant changeTime(long inode) {
        return changeTimes.getOrDefault(inode, Instant.EPOCH);
    }

    long device(long real) {
        return onOtherDevice ? real + 1 : real;
    }

    /** Makes all files report a file system of type {@code fileSystem}. */
    void mountedAs(String fileSystem) {
        stability = StampStability.of(fileSystem);
    }

    StampStability stability() {
        return stability;
    }

    /** Makes the opening of directories with a name fail. */
    void refuse(String name) {
        refused.add(name);
    }

    /** Lets all directories be opened again. */
    void refuseNothing() {
        refused.clear();
    }

    boolean refuses(String name) {
        return refused.contains(name);
    }

    /** Makes an edit once, when a run reaches the moment next. */
    void onceAt(Moment moment, TreeEdit edit) {
        edits.put(moment, edit);
    }

    void reached(Moment moment) {
        TreeEdit edit = edits.remove(moment);
        if (edit != null) {
            edit.runUnchecked();
        }
    }

    void openedDirectory(String name) {
        opened.add(name);
    }

    void readFile() {
        reads.incrementAndGet();
    }

    /** The number of files that were opened since {@link #forget}. */
    int reads() {
        return reads.get();
    }

    /** The names of the directories that were opened since {@link #forget}, without path entries. */
    Set<String> opened() {
        return opened;
    }

    void forget() {
        reads.set(0);
        opened.clear();
    }
}
