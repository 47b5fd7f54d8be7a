package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;

/** What was seen of a source. */
public sealed interface SourceState {

    /** There is no regular file of that name, so no interpreter sees a source. */
    record Absent() implements SourceState {}

    /** {@code stat} refused for another reason than absence: an interpreter sees no source there, but we cannot vouch for it. */
    record Unreachable(Errno errno) implements SourceState {}

    /** A regular file. */
    record Present(FileStamp stamp, SourceContent content) implements SourceState {}

    SourceState ABSENT = new Absent();

    /** A source of which only {@code stat} was asked. */
    static Present present(FileStamp stamp) {
        return new Present(stamp, SourceContent.UNREAD);
    }
}
