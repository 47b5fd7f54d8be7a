package dev.freshpyc.core.marshal;

/** What one type byte means: the shape of what follows it, and what becomes of its reference slot. */
record Rule(Shape shape, Slot slot) {
    static final Rule UNKNOWN = new Rule(Shape.UNKNOWN, Slot.NONE);

    /** What follows a type byte. */
    enum Shape {
        /** Nothing, and no object either: {@code TYPE_NULL}, the end of a dictionary. */
        ABSENT,
        /** Nothing. */
        BARE,
        BYTES_4,
        BYTES_8,
        BYTES_16,
        DIGITS,
        SHORT_STRING,
        TWO_SHORT_STRINGS,
        STRING,
        /** A string of 2.7 that enters the table for {@link #STRING_REFERENCE}. */
        TABLED_STRING,
        STRING_REFERENCE,
        REFERENCE,
        SHORT_SEQUENCE,
        SEQUENCE,
        SLICE,
        DICTIONARY,
        CODE,
        UNKNOWN
    }

    /** When an object's reference slot can be referred to. */
    enum Slot {
        /** It has none. */
        NONE,
        /** As soon as the object has begun ({@code R_REF} in marshal.c): a tuple may contain itself. */
        AT_ONCE,
        /** Once the object is whole ({@code r_ref_reserve}, {@code r_ref_insert}); before, it is an invalid reference. */
        WHEN_WHOLE
    }
}
