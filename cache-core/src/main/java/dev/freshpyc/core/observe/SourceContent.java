package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.pyc.SourceHash;

/** What was read of a source's content. A source is read only if the header needs its hash. */
public sealed interface SourceContent {

    /** Not read, since the header compares times. */
    record Unread() implements SourceContent {}

    /** Read whole and hashed as the interpreter of the tag hashes. */
    record Hash(SourceHash hash) implements SourceContent {}

    /** The interpreter of the tag has a hash that cannot be computed here (GraalPy before 25.2). */
    record UnknownHash() implements SourceContent {}

    /** The source became longer or shorter during the read. */
    record Changing() implements SourceContent {}

    record Unreadable(Errno errno) implements SourceContent {}

    SourceContent UNREAD = new Unread();
}
