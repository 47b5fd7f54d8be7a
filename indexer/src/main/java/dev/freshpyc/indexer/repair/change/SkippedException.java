package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.Serial;

/** A file may not be written after all: what was found when it was opened speaks against it. */
public final class SkippedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final SkipReason reason;
    private final String detail;

    /** An exception without a stack trace, since it is an expected result. */
    public SkippedException(SkipReason reason) {
        this(reason, "");
    }

    /** @param detail what was found, for people to read; empty for no more than the reason */
    public SkippedException(SkipReason reason, String detail) {
        super(reason.label(), null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** A refused system call: the file is changing where another process has taken it away, otherwise the system refuses. */
    public static SkippedException of(SystemCallException refused) {
        boolean changed = refused.errno().isAbsence() || refused.errno().equals(Errno.ESTALE);
        return new SkippedException(
                changed ? SkipReason.CHANGING : SkipReason.REFUSED, String.valueOf(refused.getMessage()));
    }

    /** The effect to report. */
    public Effect effect() {
        return new Effect.Failed(reason, detail);
    }

    /** What was found; empty for no more than the reason. */
    public String detail() {
        return detail;
    }

    /** Why the file is left as it is. */
    public SkipReason reason() {
        return reason;
    }
}
