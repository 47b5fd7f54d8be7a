package dev.freshpyc.indexer.archive;

import dev.freshpyc.indexer.fs.FileContents;

/** The result of unpacking a member. */
public sealed interface Unpacked {

    /** The first bytes, or all. */
    final class Bytes implements Unpacked {

        private final byte[] bytes;
        private final int length;

        Bytes(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        /** The array that begins with the bytes; not copied. */
        public byte[] bytes() {
            return bytes;
        }

        /** How many bytes of the array are the member's. */
        public int length() {
            return length;
        }
    }

    /** All bytes of a member that is too large to be kept: they are unpacked while they are read. */
    record Streamed(FileContents contents) implements Unpacked {}

    /** The local header is wrong, the data is cut, or zlib refuses it: zipimport fails. */
    record Damaged() implements Unpacked {}

    /** The member is longer than this reader takes, needs more memory, or all members together are. */
    record TooLarge() implements Unpacked {}

    /** Compressed by a method that the version of Python does not unpack: zipimport fails. */
    record OtherMethod() implements Unpacked {}

    /** The system could not read the archive. */
    record Unreadable() implements Unpacked {}
}
