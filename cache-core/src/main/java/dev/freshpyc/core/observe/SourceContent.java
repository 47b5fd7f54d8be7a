package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.pyc.SourceHash;

/** What was read of a source: nothing, where its header does not ask for it. */
public sealed interface SourceContent {

    /** Not read, since the header compares times. */
    record Unread() implements SourceContent {}

    /** Read whole and hashed as the interpreter of the tag hashes. */
    record Hash(SourceHash hash) implements SourceContent {}

    /** The interpreter of the tag has a hash that cannot be computed here (GraalPy before 25.2). */
    record UnknownHash() implements SourceContent {}

    /** It became longer or shorter while it was read. */
    record Changing() implements SourceContent {}

    record Unreadable(Errno errno) implements SourceContent {}

    SourceContent UNREAD = new Unread();
}
