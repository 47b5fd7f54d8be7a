package dev.freshpyc.core.marshal;

/** The digest and properties of the last completed object, for the enclosing object and the reference table. */
final class ObjectDigest {
    final byte[] digest;

    /** Bits of {@link ContentBits}. */
    int bits;

    /** File offset of the object; for a reference, of the object that it refers to. */
    long offset;

    ObjectDigest(ObjectHash hash) {
        digest = new byte[hash.length()];
    }

    /**
     * Bits that describe the contents of an object, passed on to the enclosing object. They tell whether members of one set
     * may compare equal although they differ.
     *
     * <p>{@code {1, True}} has one member: {@code 1}, the first of the two. So the order of a list of members can decide
     * which set the list makes. The order may be ignored only if equal members are identical: if the members contain at most
     * one of the types below.
     */
    static final class ContentBits {
        /** Set for every object. */
        static final int OBJECT = 1;

        /** A list, a set or a dictionary. Two references to one such object differ from two equal objects. */
        static final int MUTABLE = 1 << 1;

        static final int INTEGER = 1 << 2;
        static final int BOOLEAN = 1 << 3;
        static final int FLOAT = 1 << 4;
        static final int COMPLEX = 1 << 5;

        /**
         * The bits of an object that may differ from an equal object of its type: 0.0 and -0.0, or code objects of different
         * files.
         */
        static final int AMBIGUOUS = INTEGER | BOOLEAN;

        private static final int COMPARABLE = INTEGER | BOOLEAN | FLOAT | COMPLEX;

        private ContentBits() {}

        static boolean mayDifferAndBeEqual(int bits) {
            return Integer.bitCount(bits & COMPARABLE) > 1;
        }

        /** The bits of an object's own type, without its parts. In 2.7, {@code 'a'} equals {@code u'a'}, too. */
        static int of(int type, MarshalDialect dialect) {
            return (dialect == MarshalDialect.CPYTHON_2_7 ? OBJECT | AMBIGUOUS : OBJECT)
                    | switch (type) {
                        case 'i', 'I', 'l' -> INTEGER;
                        case 'T', 'F' -> BOOLEAN;
                        case 'g' -> FLOAT;
                        case 'y' -> COMPLEX;
                        case 'f', 'x', 'c', '}' -> AMBIGUOUS;
                        case '[', '<', '{' -> MUTABLE;
                        default -> 0;
                    };
        }
    }
}
