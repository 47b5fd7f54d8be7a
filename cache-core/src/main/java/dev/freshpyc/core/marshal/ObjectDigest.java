package dev.freshpyc.core.marshal;

/** Digest and properties of the object completed last, for the enclosing object and the reference table. */
final class ObjectDigest {
    final byte[] digest = new byte[PartDigest.LENGTH];

    /** Bits of {@link ContentBits}. */
    int bits;

    /** File offset of the object; for a reference, of the object that it refers to. */
    long offset;

    /**
     * Bits that describe the contents of an object, passed on to the enclosing object. They tell whether members of one set
     * may compare equal although they differ.
     *
     * <p>{@code {1, True}} has one member, the first of the two. So two orders of one list of members can be two sets. The
     * order may be ignored only if equal members are identical: if at most one of the types below is inside.
     */
    static final class ContentBits {
        /** Set for every object. */
        static final int OBJECT = 1;

        /** A list, a set, a dictionary: whether it is shared or repeated makes a difference. */
        static final int MUTABLE = 1 << 1;

        static final int INTEGER = 1 << 2;
        static final int BOOLEAN = 1 << 3;
        static final int FLOAT = 1 << 4;
        static final int COMPLEX = 1 << 5;

        /** Two objects of one type that may differ and compare equal: 0.0 and -0.0, code objects that differ in their file. */
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
