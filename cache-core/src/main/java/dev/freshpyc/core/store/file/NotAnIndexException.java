package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file that cannot be read as an index: not for want of permission, but for what is in it. */
public final class NotAnIndexException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String found;

    public NotAnIndexException(Path file, String expected, String found) {
        super(file + ": expected " + expected + ", found " + found);
        this.expected = expected;
        this.found = found;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
