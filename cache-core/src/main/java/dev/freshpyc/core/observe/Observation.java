package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import org.jspecify.annotations.Nullable;

/**
 * The input of a verdict on one bytecode file.
 *
 * @param takenAtNanos the time when the observation began, in nanoseconds since 1970: before the {@code stat} of the
 *     source, so that every later edit has a later time
 * @param tag the tag in the file's name; null outside {@code __pycache__} and cache prefixes
 */
public record Observation(
        long takenAtNanos, Placement placement, @Nullable CacheTag tag, SourceState source, PycState pyc) {

    /** The place of a bytecode file, which decides which interpreter looks for the file. */
    public enum Placement {
        /**
         * The first place that the tag's interpreter looks at: {@code __pycache__}, or the matching directory under a cache
         * prefix.
         */
        CACHE,
        /** In {@code __pycache__} while a cache prefix is in force: no interpreter looks there. */
        BYPASSED,
        /** In {@code __pycache__} or under the prefix with a name that has no tag. */
        UNTAGGED,
        /** With a tag or a level that a tool chose for itself, such as pytest's: no import reads the file. */
        OF_TOOL,
        /** With a name that no import and no interpreter asks for: a level like {@code opt-0}, or a legacy name with a dot. */
        UNREQUESTED,
        /** The file or its source is hidden: an import finds a package directory of the same name first. */
        HIDDEN_BY_PACKAGE,
        /** The file or its source is hidden: an import finds an extension module of the same name first. */
        HIDDEN_BY_EXTENSION,
        /** In a directory that is no package and is hidden: an import finds a module of the directory's name first. */
        HIDDEN_BY_MODULE,
        /** Below one entry of a path and hidden: an import finds the top-level name in an earlier entry. */
        HIDDEN_BY_ENTRY,
        /** Of a module that the interpreter has built in, so that an import looks at no file. */
        BUILT_IN,
        /** Of a module whose bytecode is frozen into the interpreter, so that an import looks at no file. */
        FROZEN,
        /** {@code foo.pyc} where {@code foo.py} would be. */
        LEGACY,
        /** {@code foo.pyo} where {@code foo.py} would be: what Python before 3.5 reads with {@code -O}. */
        LEGACY_OPTIMIZED,
        /**
         * Bytecode in an archive on the path, which zipimport looks at before the source: {@code foo.pyc}, or {@code foo.pyo} with {@code
         * -O} before Python 3.5.
         */
        ARCHIVE,
        /**
         * Bytecode in an archive in whose place zipimport takes another member than its source when it rejects the bytecode: {@code
         * foo.pyo} in place of {@code foo.pyc}, or a module {@code foo} in place of a {@code foo/__init__.pyc} without a source.
         */
        ARCHIVE_FIRST,
        /** Of an archive, in a directory that zipimport does not take for a package. */
        OUTSIDE_PACKAGE
    }

    /** What was observed of a source. */
    public sealed interface SourceState {

        /** No regular file has that name, so interpreters see no source. */
        record Absent() implements SourceState {}

        /** A directory has the source's name, beside legacy bytecode. Python before 3.3 opens the directory as a source. */
        record Directory(FileStamp stamp) implements SourceState {}

        /** {@code stat} failed for another reason than absence: interpreters see no source, but a source may exist. */
        record Unreachable(Errno errno) implements SourceState {}

        /** A regular file. */
        record Present(FileStamp stamp, SourceContent content) implements SourceState {}

        SourceState ABSENT = new SourceState.Absent();

        /** A source that was not read beyond {@code stat}. */
        static Present present(FileStamp stamp) {
            return new Present(stamp, SourceContent.UNREAD);
        }
    }

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

    /** Where a symbolic link leads that leads to no file. */
    public enum LinkEnd {
        /** The target is absent. */
        NOTHING,
        /** The link leads back to itself. */
        LOOP,
        DIRECTORY
    }

    /** What was observed of a bytecode file. */
    public sealed interface PycState {

        /** The file was expected and is absent. */
        record Absent() implements PycState {}

        /** A FIFO, socket or device has the file's name; such a file is never opened. */
        record NotAFile() implements PycState {}

        /** A directory has the file's name. An import cannot read it, and cannot put a file in its place. */
        record Directory() implements PycState {}

        record Unreadable(Errno errno) implements PycState {}

        /** A symbolic link that leads to no file. An import compiles the source, and its new file replaces the link. */
        record LinkToNoFile(LinkEnd end) implements PycState {}

        /** A member of an archive that cannot be unpacked: its local header or its data is wrong. */
        record Damaged() implements PycState {}

        /** A member of an archive that is compressed by a method that its reader does not unpack. */
        record OtherMethod() implements PycState {}

        /**
         * A regular file that could be read.
         *
         * @param magic the first four bytes, little-endian; 0 when the file is shorter
         * @param header decoded with the layout of the interpreter that would read it
         */
        record Read(int magic, PycHeader header, BodyState body) implements PycState {}

        PycState ABSENT = new PycState.Absent();
        PycState NOT_A_FILE = new PycState.NotAFile();
        PycState DIRECTORY = new PycState.Directory();
        PycState DAMAGED = new PycState.Damaged();
        PycState OTHER_METHOD = new PycState.OtherMethod();
    }

    /** The state of the body, as far as it was read. */
    public enum BodyState {
        /** The first byte begins a code object; the rest was not read. */
        BEGINS_AS_CODE,
        /** As {@link #BEGINS_AS_CODE}, but the last bytes are zero, as when a file was not written to its end before the machine stopped. */
        ENDS_IN_ZEROS,
        /** A complete code object. */
        WHOLE,
        EMPTY,
        NOT_CODE,
        /** The file ends within the code object. */
        TRUNCATED,
        /** The bytes are no marshalled object of that version. */
        CORRUPT,
        /** The body was not walked to its end: the file could not be read any more. */
        UNWALKED,
        /** No dialect is known for the interpreter that reads the body, so its bytes say nothing. */
        UNKNOWN_DIALECT;

        /** Whether the bytes are known to be no complete code object. */
        public boolean isBroken() {
            return switch (this) {
                case EMPTY, NOT_CODE, TRUNCATED, CORRUPT -> true;
                case BEGINS_AS_CODE, ENDS_IN_ZEROS, WHOLE, UNWALKED, UNKNOWN_DIALECT -> false;
            };
        }
    }
}
