package dev.freshpyc.indexer.zstd;

import java.io.IOException;
import java.io.Serial;

/** A frame needs more memory than the decoder takes, which says nothing against the frame. */
public final class ZstdWindowException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final long window;

    ZstdWindowException(long window) {
        super("a frame of zstd has a window of " + window + " bytes, and more than " + ZstdFrames.MAX_WINDOW
                + " cannot be unpacked here");
        this.window = window;
    }

    /** The memory that the frame needs, in bytes. */
    public long window() {
        return window;
    }
}
