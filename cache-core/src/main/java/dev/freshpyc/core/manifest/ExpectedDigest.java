package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The digest that a manifest lists for a file. */
public final class ExpectedDigest {
    private final DigestAlgorithm algorithm;
    private final byte[] digest;
    private final RawPath manifest;

    ExpectedDigest(DigestAlgorithm algorithm, byte[] digest, RawPath manifest) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.manifest = manifest;
    }

    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** The manifest's file; for a database of packages, followed by the package's number. */
    public RawPath manifest() {
        return manifest;
    }

    /** Whether the manifest is the RECORD of a wheel, and not a database of packages. */
    public boolean isInRecord() {
        return manifest.name().equals(WheelRecord.NAME);
    }

    /** Whether a file with that digest, computed by {@link #algorithm}, is the installed file. */
    public boolean matches(byte[] actual) {
        return MessageDigest.isEqual(digest, actual);
    }

    /** Whether one manifest lists both digests. Only then are the digests of a source and its bytecode evidence. */
    public boolean isBeside(ExpectedDigest other) {
        return manifest.equals(other.manifest);
    }

    /** Whether the two digests cannot both be right for one file. */
    boolean contradicts(ExpectedDigest other) {
        return algorithm == other.algorithm && !Arrays.equals(digest, other.digest);
    }

    /** Such as {@code sha256=01ab…}, in hexadecimal digits. */
    @Override
    public String toString() {
        return algorithm.label() + "=" + HexFormat.of().formatHex(digest);
    }
}
