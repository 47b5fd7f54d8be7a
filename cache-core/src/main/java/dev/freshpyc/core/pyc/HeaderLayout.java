package dev.freshpyc.core.pyc;

/** The three layouts of a header; the marshalled body follows directly. */
public enum HeaderLayout {
    /** CPython before 3.3: magic, mtime. */
    MTIME(8),
    /** CPython 3.3 to 3.6 and PyPy 3.6: magic, mtime, source size. */
    MTIME_SIZE(12),
    /** CPython 3.7 and later (PEP 552): magic, flags, then mtime and size, or the source hash. */
    FLAGS(16);

    /** The longest header, in bytes: what a reader that does not know the version yet asks for. */
    public static final int MAX_LENGTH = 16;

    private final int length;

    HeaderLayout(int length) {
        this.length = length;
    }

    /** The header's length and so the body's position, in bytes. */
    public int length() {
        return length;
    }
}
