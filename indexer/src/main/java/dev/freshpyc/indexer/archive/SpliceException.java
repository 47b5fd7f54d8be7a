package dev.freshpyc.indexer.archive;

import java.io.Serial;

/** A member of an archive cannot get other contents; the message says why, for people to read. */
public final class SpliceException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    SpliceException(String why) {
        super(why, null, false, false);
    }
}
