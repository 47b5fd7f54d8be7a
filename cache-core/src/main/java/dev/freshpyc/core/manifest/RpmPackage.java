package dev.freshpyc.core.manifest;

import dev.freshpyc.core.manifest.rpm.RpmFiles;
import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One package in RPM's database, with paths relative to the root. */
public final class RpmPackage extends ManifestRows {
    public RpmPackage(RawPath manifest, Rows rows) {
        super(manifest, rows);
    }

    /** Parses the package's header up to its end, or until {@code enough}; bytes that are no header count as one bad row. */
    public void take(ByteBuffer header, BooleanSupplier enough) {
        RpmFiles.of(header).ifPresentOrElse(files -> take(files, enough), this::bad);
    }

    private void take(RpmFiles files, BooleanSupplier enough) {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.ofOpenPgp(files.digestAlgorithm());
        for (int file = 0; file < files.count() && !enough.getAsBoolean(); file++) {
            String digits = files.digest(file);
            if (digits.isEmpty()) {
                good();
            } else if (algorithm.isPresent()
                    && digits.length() == 2 * algorithm.get().length()) {
                vouch(files.path(file), algorithm.get(), digits);
            } else {
                bad();
            }
        }
    }

    private void vouch(Optional<RawPath> path, DigestAlgorithm algorithm, String digits) {
        try {
            byte[] digest = HexFormat.of().parseHex(digits);
            path.ifPresentOrElse(known -> found(known, algorithm, digest), this::bad);
        } catch (IllegalArgumentException noDigits) {
            bad();
        }
    }
}
