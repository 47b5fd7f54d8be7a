package dev.freshpyc.core.record.codec;

import java.io.Serial;

/** Bytes that are no record: the only thing that {@link RecordCodec#decode} throws, whatever it is given. */
public final class BadRecordException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    BadRecordException(String message) {
        super(message);
    }
}
