package dev.freshpyc.core.record.codec;

import java.io.Serial;

/** Bytes are not a record; {@link RecordCodec#decode} throws nothing else. */
public final class BadRecordException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    BadRecordException(String message) {
        super(message);
    }
}
