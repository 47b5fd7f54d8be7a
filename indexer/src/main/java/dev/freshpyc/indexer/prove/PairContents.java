package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.record.HeaderBytes;

/** A source and its pyc as they were read, with the digests of the source and of the body. */
public final class PairContents {

    private final HeaderBytes head;
    private final byte[] source;
    private final byte[] pyc;
    private final int bodyAt;
    private final Sha256 content;
    private final Sha256 body;

    /**
     * The contents of two files.
     *
     * @param head the first bytes of the pyc
     * @param bodyAt the length of the pyc's header
     */
    PairContents(HeaderBytes head, byte[] source, byte[] pyc, int bodyAt, Sha256 content, Sha256 body) {
        this.head = head;
        this.source = source;
        this.pyc = pyc;
        this.bodyAt = bodyAt;
        this.content = content;
        this.body = body;
    }

    /** The first bytes of the pyc. */
    public HeaderBytes head() {
        return head;
    }

    /** The magic of the pyc. */
    public Magic magic() {
        return new Magic((int) head.low());
    }

    /** The bytes of the source; not copied. */
    byte[] source() {
        return source;
    }

    /** The bytes of the whole pyc; not copied. */
    public byte[] pyc() {
        return pyc;
    }

    /** The offset of the body in the pyc. */
    public int bodyAt() {
        return bodyAt;
    }

    /** SHA-256 of the source. */
    public Sha256 content() {
        return content;
    }

    /** SHA-256 of the body. */
    public Sha256 body() {
        return body;
    }
}
