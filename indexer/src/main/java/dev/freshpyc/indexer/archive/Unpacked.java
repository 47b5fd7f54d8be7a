package dev.freshpyc.indexer.archive;

/** What came of unpacking a member. */
public sealed interface Unpacked {

    /** The first bytes, or all. */
    record Bytes(byte[] bytes, int length) implements Unpacked {}

    /** The local header is wrong, the data is cut, or zlib refuses it: zipimport fails. */
    record Damaged() implements Unpacked {}

    /** The member is longer than this reader takes. */
    record TooLarge() implements Unpacked {}

    /** Compressed by a method that this reader does not know. */
    record UnknownMethod() implements Unpacked {}

    /** The system could not read the archive. */
    record Unreadable() implements Unpacked {}
}
