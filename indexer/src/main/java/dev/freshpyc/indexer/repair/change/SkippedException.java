package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.plan.SkipReason;
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

    /** What was found; empty for no more than the reason. */
    public String detail() {
        return detail;
    }

    /** Why the file is left as it is. */
    public SkipReason reason() {
        return reason;
    }
}
