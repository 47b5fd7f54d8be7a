package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceMtime;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the mtimes of an entry's sources, to say whether the timestamps can be trusted. */
public final class TimestampTally {

    /** How many distinct mtimes, in whole seconds, are counted; an mtime that most sources share occurs early enough. */
    private static final int MAX_DISTINCT = 4096;

    /** Seconds by which the mtime of a write may be ahead of its ctime if a file server sets the times. */
    private static final int CLOCK_STEP = 2;

    private final Map<Long, Long> wholeSeconds = new HashMap<>();
    private @Nullable FileStamp lastSource;
    private long sources;
    private long pycs;
    private final MtimeDifferences differences = new MtimeDifferences();
    private long newerThanImage;

    /**
     * Counts a pyc, and its source once, although the source is shown for each of its pycs.
     *
     * @param header asked for only where the interpreter rejects the pyc for its mtime
     */
    public void add(Verdict verdict, FileStamp source, Supplier<PycHeader> header) {
        pycs++;
        if (!source.equals(lastSource)) {
            addSource(source);
            lastSource = source;
        }
        if (verdict.isRejectedForMtime() && header.get() instanceof PycHeader.Timestamped times) {
            addMtimeMismatch(source, times.mtime());
        }
    }

    private void addSource(FileStamp stamp) {
        sources++;
        if (stamp.mtimeSeconds() - stamp.ctimeSeconds() > CLOCK_STEP) {
            newerThanImage++;
        }
        boolean room = wholeSeconds.size() < MAX_DISTINCT;
        if (stamp.mtimeNanos() == 0 && (room || wholeSeconds.containsKey(stamp.mtimeSeconds()))) {
            wholeSeconds.merge(stamp.mtimeSeconds(), 1L, Long::sum);
        }
    }

    /** Counts a header that differs from its source only in the mtime. */
    private void addMtimeMismatch(FileStamp source, int headerMtime) {
        SourceMtime mtime = SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos());
        differences.add(mtime.seconds(), Integer.toUnsignedLong(headerMtime));
    }

    public void add(TimestampTally other) {
        pycs += other.pycs;
        sources += other.sources;
        differences.add(other.differences);
        newerThanImage += other.newerThanImage;
        other.wholeSeconds.forEach((second, count) -> wholeSeconds.merge(second, count, Long::sum));
    }

    /** Whether the timestamps can be trusted. */
    public TimestampTrust judge() {
        return TimestampTrust.judge(sources, commonest(), newerThanImage, pycs, differences);
    }

    private TimestampTrust.Shared commonest() {
        return wholeSeconds.entrySet().stream()
                .map(entry -> new TimestampTrust.Shared(entry.getKey(), entry.getValue()))
                .max(Comparator.comparingLong(TimestampTrust.Shared::sources)
                        .thenComparingLong(TimestampTrust.Shared::mtime))
                .orElse(new TimestampTrust.Shared(0, 0));
    }
}
