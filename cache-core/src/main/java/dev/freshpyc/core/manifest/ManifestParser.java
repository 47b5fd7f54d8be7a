package dev.freshpyc.core.manifest;

import dev.freshpyc.core.file.RawPath;

/**
 * Reads a manifest, handed over in pieces, into the digests that it holds. Rows that are none are skipped and counted: one bad
 * row is no reason to believe nothing of a package, and a hostile file costs no more than its length.
 */
public abstract sealed class ManifestParser permits WheelRecord, Md5Sums {
    /** A row of more bytes is bad: twice the longest path there can be. */
    public static final int ROW_LIMIT = 8 * 1024;

    private final RawPath manifest;
    private final Rows rows;
    private long good;
    private long bad;

    /** Takes what a manifest says. */
    @FunctionalInterface
    public interface Rows {
        /** A file, by its path as the manifest has it. */
        void row(RawPath path, Expected expected);
    }

    ManifestParser(RawPath manifest, Rows rows) {
        this.manifest = manifest;
        this.rows = rows;
    }

    /** Takes the next {@code length} bytes of the file. */
    public final void take(byte[] bytes, int from, int length) {
        for (int index = from; index < from + length; index++) {
            take(bytes[index]);
        }
    }

    /** The file has ended. */
    public abstract void end();

    /** How many rows were read, those without a digest too. */
    public final long rows() {
        return good;
    }

    /** How many rows were none. */
    public final long badRows() {
        return bad;
    }

    abstract void take(byte next);

    final void good() {
        good++;
    }

    final void bad() {
        bad++;
    }

    final void found(RawPath path, DigestAlgorithm algorithm, byte[] digest) {
        good++;
        rows.row(path, new Expected(algorithm, digest, manifest));
    }
}
