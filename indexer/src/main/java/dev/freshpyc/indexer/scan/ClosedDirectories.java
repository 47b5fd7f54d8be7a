package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the directories on the way to a file that a user may not enter. For one worker, which asks for neighbours in turn. */
final class ClosedDirectories {

    /** Longer paths cannot be opened ({@code PATH_MAX}). */
    private static final int LONGEST = 4096;

    /** How many answers are kept. */
    private static final int KEPT = 1000;

    private static final RawPath TOP = RawPath.of("/");

    private final TreeReader files;
    private final FileStat stat = new FileStat();
    private final Map<Way, Boolean> answers = new HashMap<>();

    ClosedDirectories(TreeReader files) {
        this.files = files;
    }

    private record Way(RawPath directory, FileUser user) {}

    /**
     * The first directory that the user cannot enter, of those from the root directory to {@code directory}. A directory that cannot
     * be opened closes nothing: it may lie above the root directory of another system.
     *
     * @param directory absolute
     */
    Optional<RawPath> find(RawPath directory, FileUser user) {
        if (directory.length() >= LONGEST) {
            return Optional.empty();
        }
        RawPath way = TOP;
        for (RawPath name : directory.names()) {
            way = way.resolve(name);
            if (isClosed(new Way(way, user))) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    private boolean isClosed(Way way) {
        if (answers.size() >= KEPT) {
            answers.clear();
        }
        return answers.computeIfAbsent(way, this::look);
    }

    private boolean look(Way way) {
        if (!(files.openRoot(way.directory()) instanceof Opening.Open(OpenDirectory open))) {
            return false;
        }
        try {
            return files.stat(open, stat) == 0 && !stat.isSearchableFor(way.user());
        } finally {
            files.close(open);
        }
    }
}
