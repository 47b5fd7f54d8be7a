package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The digest that a manifest has for a file. */
public final class Expected {
    private final DigestAlgorithm algorithm;
    private final byte[] digest;
    private final RawPath manifest;

    Expected(DigestAlgorithm algorithm, byte[] digest, RawPath manifest) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.manifest = manifest;
    }

    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** The file in which it stands; in a database of packages, with the package's number behind it. */
    public RawPath manifest() {
        return manifest;
    }

    /** Whether a file of that digest, by {@link #algorithm}, is the one that was installed. */
    public boolean matches(byte[] actual) {
        return MessageDigest.isEqual(digest, actual);
    }

    /** Whether one manifest vouches for both files, as evidence for a source and its bytecode needs. */
    public boolean isBeside(Expected other) {
        return manifest.equals(other.manifest);
    }

    /** Whether both cannot be true of one file. */
    boolean contradicts(Expected other) {
        return algorithm == other.algorithm && !Arrays.equals(digest, other.digest);
    }

    /** Such as {@code sha256=01ab…}, in hexadecimal digits. */
    @Override
    public String toString() {
        return algorithm.label() + "=" + HexFormat.of().formatHex(digest);
    }
}
