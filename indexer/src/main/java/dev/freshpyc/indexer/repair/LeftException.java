package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.repair.Left;
import java.io.Serial;

/** A file that turned out, when it was to be written, to be better left alone. */
final class LeftException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final Left why;

    LeftException(Left why) {
        super(why.label(), null, false, false);
        this.why = why;
    }

    Left why() {
        return why;
    }
}
