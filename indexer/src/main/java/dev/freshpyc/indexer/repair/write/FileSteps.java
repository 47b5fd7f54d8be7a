package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;

/** Runs steps that each concern one file. A failure is reported for its file, and the run goes on unless the disk is full or broken. */
public final class FileSteps {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;

    private final OutcomeTally tally;

    /** Failures go to {@code tally}. */
    public FileSteps(OutcomeTally tally) {
        this.tally = tally;
    }

    /** A step that concerns one file. */
    @FunctionalInterface
    public interface Step {
        /** Does the step. */
        void run() throws IOException, SkippedException;
    }

    /**
     * Runs a step; false where the step failed.
     *
     * @throws SystemCallException when the failure means that no other file can be written either
     */
    public boolean run(FilePlace place, Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (SkippedException skipped) {
            tally.add(place.outcome(skipped.effect()));
        } catch (SystemCallException refused) {
            if (stopsTheRun(refused.errno())) {
                throw refused;
            }
            tally.add(place.outcome(SkippedException.of(refused).effect()));
        }
        return false;
    }

    private static boolean stopsTheRun(Errno errno) {
        return switch (errno.number()) {
            case EIO, ENOSPC, EROFS, EDQUOT -> true;
            default -> false;
        };
    }
}
