package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;

/** What was observed of a source. */
public sealed interface SourceState {

    /** No regular file has that name, so interpreters see no source. */
    record Absent() implements SourceState {}

    /** {@code stat} failed for another reason than absence: interpreters see no source, but a source may exist. */
    record Unreachable(Errno errno) implements SourceState {}

    /** A regular file. */
    record Present(FileStamp stamp, SourceContent content) implements SourceState {}

    SourceState ABSENT = new Absent();

    /** A source that was not read beyond {@code stat}. */
    static Present present(FileStamp stamp) {
        return new Present(stamp, SourceContent.UNREAD);
    }
}
