package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.plan.SkipReason;
import java.io.Serial;

/** A file may not be written after all: what was found when it was opened speaks against it. */
public final class SkippedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final SkipReason reason;

    /** An exception without a stack trace, since it is an expected result. */
    public SkippedException(SkipReason reason) {
        super(reason.label(), null, false, false);
        this.reason = reason;
    }

    /** Why the file is left as it is. */
    public SkipReason reason() {
        return reason;
    }
}
