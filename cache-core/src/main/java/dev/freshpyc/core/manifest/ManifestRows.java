package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;

/**
 * The digests that one manifest holds, handed over as they are read. Rows that are none are skipped and counted: one bad row
 * is no reason to believe nothing of a package, and a hostile file costs no more than its length.
 */
public abstract sealed class ManifestRows permits ManifestParser, RpmPackage {
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

    ManifestRows(RawPath manifest, Rows rows) {
        this.manifest = manifest;
        this.rows = rows;
    }

    /** How many rows were read, those without a digest too. */
    public final long rows() {
        return good;
    }

    /** How many rows were none. */
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
        rows.row(path, new Expected(algorithm, digest, manifest));
    }
}
