package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.EntryReport.DirectoryReport;
import dev.freshpyc.indexer.judge.TimestampTally;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one entry, kept by each worker and added up at the end. They do not grow with the tree, except for the list of files
 * that the user of the audit cannot read.
 */
final class EntryTally {

    /** How many directories a report can name for an entry. */
    static final int KEPT_DIRECTORIES = 20;

    private final PathEntry entry;
    private final VerdictCounts counts = new VerdictCounts();
    private final TimestampTally timestamps = new TimestampTally();
    private final ShiftTally shifts = new ShiftTally();
    private final PriorityQueue<DirectoryReport> costliest =
            new PriorityQueue<>(DirectoryReport.COSTLIEST_FIRST.reversed());
    private final Map<RawPath, Long> unreadable = new TreeMap<>();
    private long recompiledBytes;
    private long directories;
    private @Nullable Errno refusal;

    EntryTally(PathEntry entry) {
        this.entry = entry;
    }

    PathEntry entry() {
        return entry;
    }

    VerdictCounts counts() {
        return counts;
    }

    TimestampTally timestamps() {
        return timestamps;
    }

    ShiftTally shifts() {
        return shifts;
    }

    void refuse(Errno errno) {
        refusal = errno;
    }

    void addRecompiled(long bytes) {
        recompiledBytes += bytes;
    }

    /** Counts a pyc that the user cannot read because of that directory or file. */
    void addUnreadable(RawPath obstacle) {
        unreadable.merge(obstacle, 1L, Long::sum);
    }

    void addDirectory(DirectoryReport report) {
        directories++;
        keep(report);
    }

    void add(EntryTally other) {
        counts.add(other.counts);
        timestamps.add(other.timestamps);
        shifts.add(other.shifts);
        other.unreadable.forEach((obstacle, pycs) -> unreadable.merge(obstacle, pycs, Long::sum));
        recompiledBytes += other.recompiledBytes;
        directories += other.directories;
        refusal = refusal == null ? other.refusal : refusal;
        other.costliest.forEach(this::keep);
    }

    /** @param zone the time zone that the local times of archives were read in */
    EntryReport report(Supplier<ZoneId> zone) {
        List<DirectoryReport> sorted = new ArrayList<>(costliest);
        sorted.sort(DirectoryReport.COSTLIEST_FIRST);
        return new EntryReport(
                entry,
                Optional.ofNullable(refusal),
                counts,
                recompiledBytes,
                timestamps.judge(),
                List.copyOf(sorted),
                directories,
                Collections.unmodifiableMap(unreadable),
                entry instanceof PathEntry.Archive ? Optional.of(shifts.of(zone.get())) : Optional.empty());
    }

    private void keep(DirectoryReport report) {
        costliest.add(report);
        if (costliest.size() > KEPT_DIRECTORIES) {
            costliest.remove();
        }
    }
}
