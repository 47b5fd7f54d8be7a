package dev.freshpyc.core.marshal;

import dev.freshpyc.core.digest.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/** SHA-256, for digests that other machines compare. */
final class PlainDigest implements PartDigest {

    static final int LENGTH = 32;

    private final MessageDigest sha256 = Sha256.newDigest();

    @Override
    public void reset() {
        sha256.reset();
    }

    @Override
    public void update(byte more) {
        sha256.update(more);
    }

    @Override
    public void update(byte[] more, int from, int count) {
        sha256.update(more, from, count);
    }

    @Override
    public void finish(byte[] into) {
        try {
            sha256.digest(into, 0, LENGTH);
        } catch (DigestException impossible) {
            throw new AssertionError("a digest has " + LENGTH + " bytes", impossible);
        }
    }
}
