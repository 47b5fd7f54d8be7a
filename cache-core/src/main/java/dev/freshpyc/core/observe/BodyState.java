package dev.freshpyc.core.observe;

/** The state of the body, as far as it was read. */
public enum BodyState {
    /** The first byte begins a code object; the rest was not read. */
    BEGINS_AS_CODE,
    /** A complete code object. */
    WHOLE,
    EMPTY,
    NOT_CODE,
    /** The file ends within the code object. */
    TRUNCATED,
    /** The bytes are no marshalled object of that version. */
    CORRUPT,
    /** The body was not walked to its end: the file is too large, was changing, or has an unknown dialect. */
    UNWALKED
}
