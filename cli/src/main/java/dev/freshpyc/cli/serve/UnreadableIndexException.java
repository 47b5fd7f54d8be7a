package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.Serial;

/** The index of an entry could not be read. */
final class UnreadableIndexException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String entry;

    UnreadableIndexException(RawPath entry, IOException cause) {
        super("the index of " + entry.shown() + " cannot be read: " + cause.getMessage(), cause);
        this.entry = entry.shown();
    }

    /** The sentence for a client, which does not say where the index is. */
    String sentence() {
        return "The index of " + entry + " could not be read: refresh it (POST /v1/refresh).";
    }
}
