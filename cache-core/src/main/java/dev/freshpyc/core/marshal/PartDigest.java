package dev.freshpyc.core.marshal;

/** A hash of bytes that come in pieces. After {@link #finish} the next input begins. */
interface PartDigest {

    /** Discards the input so far. */
    void reset();

    void update(byte more);

    void update(byte[] more, int from, int count);

    default void update(byte[] more) {
        update(more, 0, more.length);
    }

    /** Writes the digest of the input and discards the input. */
    void finish(byte[] into);
}
