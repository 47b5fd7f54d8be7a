package dev.freshpyc.core.marshal;

/** Digest and properties of the object completed last, for the enclosing object and the reference table. */
final class ObjectDigest {
    final byte[] digest = new byte[PartDigest.LENGTH];

    /** Bits of {@link ContentBits}. */
    int bits;

    /** File offset of the object; for a reference, of the object that it refers to. */
    long offset;
}
