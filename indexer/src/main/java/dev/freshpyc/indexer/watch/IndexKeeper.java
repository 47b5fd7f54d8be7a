package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Refreshes the indexes as files change, until the thread is interrupted. Changed files are refreshed after a quiet moment. All entries
 * are refreshed at the start, after missed changes, and at long intervals for changes that no event reports (network file systems,
 * writes through a mapping). One thread runs the keeper.
 */
public final class IndexKeeper {

    /** The time between two whole refreshes where every directory is watched. */
    static final Duration RECONCILED = Duration.ofMinutes(10);

    /** The time between two whole refreshes where some directory is not watched. */
    static final Duration POLLED = Duration.ofSeconds(10);

    private final ChangeSource source;
    private final Refresher refresher;
    private final LongSupplier nanoTime;
    private final long window;
    private final ChangeBatch batch = new ChangeBatch();
    private final YoungPaths young;
    private long nextWhole;
    private volatile int waiting;

    /** Brings the indexes up to date, and reports its faults itself. */
    public interface Refresher {
        /** Refreshes the records of some files only. */
        void changed(List<RawPath> paths) throws InterruptedException;

        /**
         * Refreshes all entries.
         *
         * @return the files whose timestamps prove nothing yet, since they were read so soon after their change
         */
        List<RawPath> whole() throws InterruptedException;
    }

    /**
     * A keeper that has not begun.
     *
     * @param window the racy window: a file that was read within it after a change is read again
     * @param nanoTime as {@link System#nanoTime}
     */
    public IndexKeeper(ChangeSource source, Refresher refresher, Duration window, LongSupplier nanoTime) {
        this.source = source;
        this.refresher = refresher;
        this.window = window.toNanos() + ChangeBatch.QUIET.toNanos();
        this.nanoTime = nanoTime;
        this.young = new YoungPaths(this.window);
    }

    /** Refreshes until the thread is interrupted. */
    public void run() throws InterruptedException {
        begin();
        while (true) {
            step();
        }
    }

    /** How many changed files wait for a refresh; any thread may ask. */
    public int waiting() {
        return waiting;
    }

    /** Refreshes everything. */
    void begin() throws InterruptedException {
        refreshWhole(window);
    }

    /** Waits for the next change or the next due time, and runs the refresh that is due. */
    void step() throws InterruptedException {
        long now = nanoTime.getAsLong();
        long wait = Math.min(Math.min(batch.dueIn(now), young.dueIn(now)), nextWhole - now);
        source.await(Math.max(0, wait), new ChangeSource.Receiver() {
            @Override
            public void changed(RawPath path) {
                batch.add(path, nanoTime.getAsLong());
            }

            @Override
            public void missed() {
                batch.addEverything(nanoTime.getAsLong());
            }
        });
        waiting = batch.size();
        refreshWhatIsDue(nanoTime.getAsLong());
        waiting = batch.size();
    }

    private void refreshWhatIsDue(long now) throws InterruptedException {
        if (batch.dueIn(now) <= 0) {
            boolean whole = batch.isWhole();
            List<RawPath> paths = batch.take();
            if (whole) {
                refreshWhole(window);
            } else {
                refresher.changed(paths);
                young.add(paths, nanoTime.getAsLong());
            }
        } else if (nextWhole - now <= 0) {
            refreshWhole((source.isComplete() ? RECONCILED : POLLED).toNanos());
        } else if (young.dueIn(now) <= 0) {
            refresher.changed(young.take(now));
        }
    }

    private void refreshWhole(long untilNext) throws InterruptedException {
        young.clear();
        List<RawPath> unsettled = refresher.whole();
        long now = nanoTime.getAsLong();
        young.add(unsettled, now);
        nextWhole = now + untilNext;
    }
}
