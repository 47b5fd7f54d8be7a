package dev.freshpyc.indexer.host;

import java.io.Serial;

/** This host cannot do what a command needs; the message is one line for the user. */
public final class UnsupportedHostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnsupportedHostException(String message) {
        super(message);
    }
}
