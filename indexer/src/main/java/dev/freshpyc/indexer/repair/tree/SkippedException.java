package dev.freshpyc.indexer.repair.tree;

import dev.freshpyc.core.plan.SkipReason;
import java.io.Serial;

/** A file that turned out, when it was to be written, to be better left alone. */
public final class SkippedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final SkipReason why;

    public SkippedException(SkipReason why) {
        super(why.label(), null, false, false);
        this.why = why;
    }

    public SkipReason why() {
        return why;
    }
}
