package dev.freshpyc.core.marshal;

/**
 * What is inside an object, as bits that an object passes on to the one around it: as much as tells whether members of one
 * set may compare equal although they differ.
 *
 * <p>{@code {1, True}} has one member, the one that came first. So two orders of one list of members can be two sets, and
 * order may be disregarded only where equal members are the same: where at most one of the types below is inside.
 */
final class Kinds {
    /** Every object has it. */
    static final int OBJECT = 1;

    /** A list, a set, a dictionary: whether it is shared or repeated makes a difference. */
    static final int MUTABLE = 1 << 1;

    static final int INTEGER = 1 << 2;
    static final int BOOLEAN = 1 << 3;
    static final int FLOAT = 1 << 4;
    static final int COMPLEX = 1 << 5;

    /** Something of which two of one type may differ and be equal: 0.0 and -0.0, code objects that differ in their file. */
    static final int AMBIGUOUS = INTEGER | BOOLEAN;

    private static final int COMPARABLE = INTEGER | BOOLEAN | FLOAT | COMPLEX;

    private Kinds() {}

    static boolean mayDifferAndBeEqual(int kinds) {
        return Integer.bitCount(kinds & COMPARABLE) > 1;
    }

    /** What an object of that type brings, besides its parts. In 2.7, {@code 'a'} equals {@code u'a'}, too. */
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
