package dev.freshpyc.core.marshal;

/** The digest and properties of the last completed object, for the enclosing object and the reference table. */
final class ObjectDigest {
    final byte[] digest;

    /** Bits of {@link ContentBits}. */
    int bits;

    /** The {@link EqualityHash}; without a meaning for an object that is {@linkplain ContentBits#AMBIGUOUS ambiguous}. */
    long equality;

    /** File offset of the object; for a reference, of the object that it refers to. */
    long offset;

    ObjectDigest(ObjectHash hash) {
        digest = new byte[hash.length()];
    }

    /**
     * Bits that describe the contents of an object, passed on to the enclosing object. With the {@linkplain #equality hashes} of the
     * members, they tell whether members of one set may compare equal although they differ.
     *
     * <p>{@code {1, True}} has one member: {@code 1}, the first of the two. So the order of a list of members can decide
     * which set the list makes. The order may be ignored only if no two members are equal.
     */
    static final class ContentBits {
        /** Set for every object. */
        static final int OBJECT = 1;

        /** A list, a set or a dictionary. Two references to one such object differ from two equal objects. */
        static final int MUTABLE = 1 << 1;

        /** The object may equal an object with another {@link #equality}. No interpreter writes such an object into a set. */
        static final int AMBIGUOUS = 1 << 2;

        private ContentBits() {}

        /**
         * The bits of an object's own type, without its parts. A code object equals that of another file. In 2.7, {@code 'a'}
         * equals {@code u'a'}. PyPy reads the digits of a long in more than one way.
         */
        static int of(int type, MarshalDialect dialect) {
            return (dialect == MarshalDialect.CPYTHON_2_7 ? OBJECT | AMBIGUOUS : OBJECT)
                    | switch (type) {
                        case 'l' -> dialect.checksNumbers() ? 0 : AMBIGUOUS;
                        case 'f', 'x', 'c', '}' -> AMBIGUOUS;
                        case '<' -> MUTABLE;
                        case '[', '{' -> MUTABLE | AMBIGUOUS;
                        default -> 0;
                    };
        }
    }
}
