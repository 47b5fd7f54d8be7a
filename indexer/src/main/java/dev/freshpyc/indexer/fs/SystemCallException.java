package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.Errno;
import java.io.IOException;
import java.io.Serial;

/** The system refused a call of the writing port. */
public final class SystemCallException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Errno errno;

    public SystemCallException(String call, Errno errno) {
        super(call + ": " + errno);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
