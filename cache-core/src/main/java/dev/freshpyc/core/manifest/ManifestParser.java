package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;

/** Parses a manifest whose bytes arrive in pieces, row by row. */
public abstract sealed class ManifestParser extends ManifestRows permits WheelRecord, Md5Sums {
    /** Longest accepted row, in bytes: twice the longest possible path. */
    public static final int ROW_LIMIT = 8 * 1024;

    ManifestParser(RawPath manifest, Rows rows) {
        super(manifest, rows);
    }

    /** Takes the next {@code count} bytes of the file. */
    public abstract void take(byte[] bytes, int from, int count);

    /** The file has ended. */
    public abstract void end();
}
