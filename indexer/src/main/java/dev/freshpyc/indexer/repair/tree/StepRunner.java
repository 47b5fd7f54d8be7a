package dev.freshpyc.indexer.repair.tree;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import java.io.IOException;

/** Tries what concerns one file each: what is wrong with it is told and no more, while a full disk concerns all. */
public final class StepRunner {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;

    private final OutcomeCollector total;

    public StepRunner(OutcomeCollector total) {
        this.total = total;
    }

    /** What is tried. */
    public interface Step {
        void run() throws IOException, SkippedException;
    }

    /**
     * Whether the step was done.
     *
     * @throws SystemCallException when no other file can be written either
     */
    public boolean succeeds(FileLocation location, Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (SkippedException left) {
            total.addUnrepaired(location.shown(), left.why(), "");
        } catch (SystemCallException refused) {
            if (concernsAll(refused.errno())) {
                throw refused;
            }
            boolean changed = refused.errno().isAbsence() || refused.errno().equals(Errno.ESTALE);
            SkipReason why = changed ? SkipReason.CHANGING : SkipReason.REFUSED;
            total.addUnrepaired(location.shown(), why, String.valueOf(refused.getMessage()));
        }
        return false;
    }

    private static boolean concernsAll(Errno errno) {
        return switch (errno.number()) {
            case EIO, ENOSPC, EROFS, EDQUOT -> true;
            default -> false;
        };
    }
}
