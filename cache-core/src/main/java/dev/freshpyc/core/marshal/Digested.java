package dev.freshpyc.core.marshal;

/** The object that became whole last: what the one around it, and a reference slot, need to know of it. */
final class Digested {
    final byte[] digest = new byte[PartDigest.LENGTH];

    /** Bits of {@link Kinds}. */
    int kinds;

    /** Where it begins in the file; for a reference, where the object that it stands for begins. */
    long offset;
}
