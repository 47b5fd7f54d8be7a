package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;

/**
 * Passes on the digests of one manifest as they are read. Bad rows are skipped and counted: one bad row does not
 * discredit the other rows, and a hostile file costs no more than its length.
 */
public abstract sealed class ManifestRows permits ManifestParser, RpmPackage {
    private final RawPath manifest;
    private final Rows rows;
    private long good;
    private long bad;

    /** Receives the digests of a manifest. */
    @FunctionalInterface
    public interface Rows {
        /** Receives a file's digest and its path as the manifest spells it. */
        void row(RawPath path, ExpectedDigest expected);
    }

    ManifestRows(RawPath manifest, Rows rows) {
        this.manifest = manifest;
        this.rows = rows;
    }

    /** The number of rows, with and without a digest. */
    public final long rows() {
        return good;
    }

    /** The number of bad rows. */
    public final long badRows() {
        return bad;
    }

    final void good() {
        good++;
    }

    final void bad() {
        bad++;
    }

    final void found(RawPath path, DigestAlgorithm algorithm, byte[] digest) {
        good++;
        rows.row(path, new ExpectedDigest(algorithm, digest, manifest));
    }
}
