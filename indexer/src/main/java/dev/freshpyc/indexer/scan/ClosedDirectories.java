package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
    private final Map<Way, Optional<RawPath>> answers = new HashMap<>();

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
        if (directory.length() >= LONGEST || directory.equals(TOP)) {
            return Optional.empty();
        }
        Way way = new Way(directory, user);
        if (answers.containsKey(way)) {
            return Objects.requireNonNull(answers.get(way));
        }
        Optional<RawPath> answer = find(directory.parent(), user);
        if (answer.isEmpty() && isClosed(way)) {
            answer = Optional.of(directory);
        }
        if (answers.size() >= KEPT) {
            answers.clear();
        }
        answers.put(way, answer);
        return answer;
    }

    private boolean isClosed(Way way) {
        if (!(files.openRoot(way.directory()) instanceof Opening.Open(OpenDirectory open))) {
            return false;
        }
        try {
            return files.stat(open, stat) == 0 && !stat.isSearchableFor(way.user(), () -> files.accessList(open));
        } finally {
            files.close(open);
        }
    }
}
