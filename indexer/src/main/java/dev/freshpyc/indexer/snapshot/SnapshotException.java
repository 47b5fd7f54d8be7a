package dev.freshpyc.indexer.snapshot;

import java.io.IOException;
import java.io.Serial;

/** A snapshot cannot be made, found or removed; the message tells the user why. */
public final class SnapshotException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    SnapshotException(String message) {
        super(message);
    }
}
