package dev.freshpyc.core.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digest functions that manifests use, weakest first. */
public enum DigestAlgorithm {
    /**
     * The function of dpkg, and of RPM where a header names none. MD5 is broken: two files of equal digest are made in
     * seconds. So MD5 is evidence against accidents (an overwritten, truncated or restored file) and not against an
     * attacker.
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

    /** The function with that name in a RECORD. MD5 and SHA-1 must not be used there; other names are unknown. */
    static Optional<DigestAlgorithm> ofRecord(String label) {
        return switch (label) {
            case "sha256" -> Optional.of(SHA256);
            case "sha384" -> Optional.of(SHA384);
            case "sha512" -> Optional.of(SHA512);
            default -> Optional.empty();
        };
    }

    /** The function with that number in OpenPGP (RFC 4880, 9.4), as RPM headers use it. SHA-1 (2) is not accepted. */
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

    /** Whether a match is no evidence against an attacker. */
    public boolean isWeak() {
        return this == MD5;
    }

    /** A new instance of the digest function. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("the distribution's runtime has " + standardName, missing);
        }
    }
}
