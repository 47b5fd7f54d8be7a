package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;

/** Reads a manifest that is a file of rows, handed over in pieces. */
public abstract sealed class ManifestParser extends ManifestRows permits WheelRecord, Md5Sums {
    /** A row of more bytes is bad: twice the longest path there can be. */
    public static final int ROW_LIMIT = 8 * 1024;

    ManifestParser(RawPath manifest, Rows rows) {
        super(manifest, rows);
    }

    /** Takes the next {@code length} bytes of the file. */
    public final void take(byte[] bytes, int from, int length) {
        for (int index = from; index < from + length; index++) {
            take(bytes[index]);
        }
    }

    /** The file has ended. */
    public abstract void end();

    abstract void take(byte next);
}
