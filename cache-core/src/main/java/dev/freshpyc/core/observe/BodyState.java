package dev.freshpyc.core.observe;

/** What follows the header. */
public enum BodyState {
    /** A code object begins; behind its first byte nothing was looked at. */
    BEGINS_AS_CODE,
    /** A code object, whole to its last byte. */
    WHOLE,
    EMPTY,
    NOT_CODE,
    /** The file ends within the code object. */
    TRUNCATED,
    /** Bytes that no interpreter of that version takes for a marshalled object. */
    CORRUPT,
    /** It could not be walked to its end: it is too large, was changing, or its dialect is not known. */
    UNWALKED
}
