package dev.freshpyc.core.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The functions of which manifests hold digests, weakest first. */
public enum DigestAlgorithm {
    /**
     * dpkg's, and RPM's where a header names no function. It is broken: two files of one digest are made in seconds. So it vouches against accidents (a file that was
     * overwritten, cut short, restored from elsewhere) and not against who wants to deceive.
     */
    MD5("md5", "MD5", 16),
    SHA256("sha256", "SHA-256", 32),
    SHA384("sha384", "SHA-384", 48),
    SHA512("sha512", "SHA-512", 64);

    private final String label;
    private final String standardName;
    private final int length;

    DigestAlgorithm(String label, String standardName, int length) {
        this.label = label;
        this.standardName = standardName;
        this.length = length;
    }

    /** The function that a RECORD calls so; MD5 and SHA-1 must not be used there, and others are not known. */
    static Optional<DigestAlgorithm> ofRecord(String label) {
        return switch (label) {
            case "sha256" -> Optional.of(SHA256);
            case "sha384" -> Optional.of(SHA384);
            case "sha512" -> Optional.of(SHA512);
            default -> Optional.empty();
        };
    }

    /** The function that has that number in OpenPGP (RFC 4880, 9.4), as RPM's headers have it; SHA-1 (2) is not taken. */
    static Optional<DigestAlgorithm> ofOpenPgp(int number) {
        return switch (number) {
            case 1 -> Optional.of(MD5);
            case 8 -> Optional.of(SHA256);
            case 9 -> Optional.of(SHA384);
            case 10 -> Optional.of(SHA512);
            default -> Optional.empty();
        };
    }

    /** The word in reports, and in a RECORD. */
    public String label() {
        return label;
    }

    /** The length of a digest in bytes. */
    public int length() {
        return length;
    }

    /** Whether a match is no evidence against who wants to deceive. */
    public boolean isWeak() {
        return this == MD5;
    }

    /** The function itself. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every runtime of ours has " + standardName, missing);
        }
    }
}
