package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes that wait for one common refresh, so that an install of thousands of files makes a few generations of the index and not one
 * for each file. A batch is due after a quiet moment, or when its first change has waited long enough. Times are those of {@link
 * System#nanoTime}.
 */
final class ChangeBatch {

    /** A batch is due when no change has come for so long. */
    static final Duration QUIET = Duration.ofMillis(200);

    /** A batch is due when its first change is so old. This leaves the refresh 0.2 s of the one second that is promised. */
    static final Duration LONGEST = Duration.ofMillis(800);

    /** A batch of more paths is replaced by a refresh of all entries. */
    static final int MAX_PATHS = 100_000;

    private final Set<RawPath> paths = new LinkedHashSet<>();
    private boolean whole;
    private long first;
    private long last;

    /** Adds a changed file. */
    void add(RawPath path, long now) {
        note(now);
        if (!whole) {
            paths.add(path);
        }
        if (paths.size() > MAX_PATHS) {
            addEverything(now);
        }
    }

    /** Notes that changes may have been missed, so that all entries must be refreshed. */
    void addEverything(long now) {
        note(now);
        whole = true;
        paths.clear();
    }

    /** Whether all entries must be refreshed. */
    boolean isWhole() {
        return whole;
    }

    /** How many changed files wait. */
    int size() {
        return paths.size();
    }

    /** Nanoseconds until the batch is due: 0 or less when it is due, {@link Long#MAX_VALUE} for an empty batch. */
    long dueIn(long now) {
        return isEmpty() ? Long.MAX_VALUE : Math.min(last + QUIET.toNanos() - now, first + LONGEST.toNanos() - now);
    }

    /** Empties the batch and returns its paths. */
    List<RawPath> take() {
        List<RawPath> taken = List.copyOf(paths);
        paths.clear();
        whole = false;
        return taken;
    }

    private boolean isEmpty() {
        return paths.isEmpty() && !whole;
    }

    private void note(long now) {
        if (isEmpty()) {
            first = now;
        }
        last = now;
    }
}
