package dev.freshpyc.indexer.compile;

import java.io.Serial;

/** A worker that does not keep to the protocol. */
final class GarbledException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    GarbledException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
