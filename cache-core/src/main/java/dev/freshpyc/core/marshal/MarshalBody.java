package dev.freshpyc.core.marshal;

/**
 * The structure of a body as {@code marshal.loads} of the interpreter would read it. Offsets count from the start of the
 * file and never exceed its length.
 *
 * <p>Every other result than {@link Complete} is a fatal import error: behind a valid header, no interpreter falls back to
 * the source.
 */
public sealed interface MarshalBody {

    /** A complete code object that ends at {@code end}. Like interpreters, the walk ignores later bytes. */
    record Complete(long end) implements MarshalBody {}

    /** The body has no bytes. */
    record Empty() implements MarshalBody {}

    /** A complete object other than a code object, which ends at {@code end}. */
    record NotCode(long end) implements MarshalBody {}

    /** The file ends inside the number, string or type byte that begins at {@code offset}. */
    record Truncated(long offset) implements MarshalBody {}

    /** The interpreter does not accept the object or digit at {@code offset}. */
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

        /** The defect as text for a report. */
        public String text() {
            return text;
        }
    }
}
