package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.linux.SystemCallException;
import java.io.IOException;

/** Tries what concerns one file each: what is wrong with it is told and no more, while a full disk concerns all. */
final class Attempts {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;

    private final RepairTotal total;

    Attempts(RepairTotal total) {
        this.total = total;
    }

    /** What is tried. */
    interface Step {
        void run() throws IOException, SkippedException;
    }

    /**
     * Whether the step was done.
     *
     * @throws SystemCallException when no other file can be written either
     */
    boolean succeeds(Change.Place place, Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (SkippedException left) {
            total.addUnrepaired(place.shown(), left.why(), "");
        } catch (SystemCallException refused) {
            if (concernsAll(refused.errno())) {
                throw refused;
            }
            boolean changed = refused.errno().isAbsence() || refused.errno().equals(Errno.ESTALE);
            SkipReason why = changed ? SkipReason.CHANGING : SkipReason.REFUSED;
            total.addUnrepaired(place.shown(), why, String.valueOf(refused.getMessage()));
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
