package dev.freshpyc.indexer.watch;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that were read so soon after their change that their timestamps prove nothing yet. They are read again when the racy window has
 * passed.
 */
final class YoungPaths {

    private final long window;
    private final Map<RawPath, Long> due = new LinkedHashMap<>(); // the earliest first

    /** @param window the time after which a file is no longer young, in nanoseconds */
    YoungPaths(long window) {
        this.window = window;
    }

    void add(List<RawPath> paths, long now) {
        for (RawPath path : paths) {
            due.remove(path);
            due.put(path, now + window);
        }
    }

    void clear() {
        due.clear();
    }

    /** Nanoseconds until a file is no longer young; {@link Long#MAX_VALUE} where there is none. */
    long dueIn(long now) {
        return due.isEmpty() ? Long.MAX_VALUE : due.values().iterator().next() - now;
    }

    /** Removes and returns the files that are no longer young. */
    List<RawPath> take(long now) {
        List<RawPath> taken = new ArrayList<>();
        due.entrySet().removeIf(entry -> {
            boolean old = entry.getValue() - now <= 0;
            if (old) {
                taken.add(entry.getKey());
            }
            return old;
        });
        return taken;
    }
}
