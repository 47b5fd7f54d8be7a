package dev.freshpyc.core.metadata;

import java.io.Serial;

/** A metadata file for which {@code importlib.metadata} raises an exception; the message says why, in one line. */
public final class BrokenMetadataException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    public BrokenMetadataException(String message) {
        super(message);
    }

    /** The reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
