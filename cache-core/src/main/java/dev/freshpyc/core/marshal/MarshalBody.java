package dev.freshpyc.core.marshal;

/**
 * What an interpreter's {@code marshal.loads} would make of a body's structure. Offsets count from the start of the file
 * and never lie behind its end.
 *
 * <p>Everything but {@link Complete} is a fatal import error: with a valid header there is no way back to the source.
 */
public sealed interface MarshalBody {

    /** One whole code object, ended at {@code end}. What follows is not looked at, neither here nor by an interpreter. */
    record Complete(long end) implements MarshalBody {}

    /** No byte at all. */
    record Empty() implements MarshalBody {}

    /** One whole object, ended at {@code end}, which is not a code object. */
    record NotCode(long end) implements MarshalBody {}

    /** The file ends inside the number, string or type byte that begins at {@code offset}. */
    record Truncated(long offset) implements MarshalBody {}

    /** The object or digit at {@code offset} is none that the interpreter accepts. */
    record Malformed(long offset, Defect defect) implements MarshalBody {}

    /** Why a body is malformed. */
    enum Defect {
        UNKNOWN_TYPE("unknown type code"),
        INVALID_REFERENCE("reference to no object, or to one that is not whole yet"),
        SIZE_OUT_OF_RANGE("size out of range"),
        DIGIT_OUT_OF_RANGE("digit of a long out of range"),
        UNNORMALIZED_LONG("long with a leading zero digit"),
        ABSENT_OBJECT("nothing where an object must be"),
        TOO_DEEP("nested deeper than " + MarshalDialect.DEPTH_LIMIT);

        private final String text;

        Defect(String text) {
            this.text = text;
        }

        /** In words, for a report. */
        public String text() {
            return text;
        }
    }
}
