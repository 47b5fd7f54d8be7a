package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.FileContents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pyc that the scanner shows: its place, its source and its observation. One sighting describes all pycs in turn: do not keep a
 * reference after the visitor returns. Paths are made on request only, since most pycs need none.
 */
public interface Sighting {

    PathEntry entry();

    /** The observation; the first call reads the files. */
    Observation observation();

    /** The observation for an interpreter that was not asked about, which may find another file first. */
    default Observation observationFor(KnownInterpreter interpreter) {
        return observation();
    }

    /** The first bytes of the pyc; call {@link #observation()} before. */
    HeaderBytes head();

    /** The time before the source's stat, in nanoseconds since 1970. */
    long takenAtNanos();

    /** The source's state without its content. */
    SourceState sourceState();

    Placement placement();

    /** The stamp that the source has now; empty when the source is no regular file any more. */
    Optional<FileStamp> sourceStampNow();

    /** The stamp that the pyc has now; empty when the pyc is no regular file. */
    Optional<FileStamp> pycStampNow();

    /** Whether an equal stamp means an equal source, which some file systems do not guarantee; true without a source. */
    boolean isSourceStampStable();

    /** Whether an equal stamp means an equal pyc; {@code stamp} is the result of {@link #pycStampNow}. */
    boolean isPycStampStable(FileStamp stamp);

    /** Whether the file system proves that the pyc was written after its source last changed. May take a system call. */
    boolean isBornAfterSource();

    /** The pyc's number of hard links at the last call of {@link #pycStampNow}; 0 where the system does not tell. */
    long pycLinks();

    /** The source's number of hard links now; 0 where there is no source or the system does not tell. Takes a system call. */
    long sourceLinks();

    /**
     * Whether the source has bytecode that no repair with the options of this scan rewrites: its name is excluded, its directory
     * cannot be read, another file hides it, a tool wrote it for itself, or interpreters with the cache prefix do not look at it.
     */
    boolean hasUntouchedBytecode();

    FileContents.Opening openSource();

    /** The reason why the source cannot be opened for reading; empty when it can be opened, or is gone. */
    Optional<Errno> sourceTrouble();

    FileContents.Opening openPyc();

    /** The path of the source, relative to the entry, whether it exists or not; empty for a pyc whose name implies no source. */
    Optional<RawPath> sourceKey();

    /** The source relative to the entry; empty when there is none. */
    Optional<RawPath> source();

    /** The pyc relative to the entry, or absolute under a cache prefix; empty when the pyc is absent. */
    Optional<RawPath> pyc();

    /** The path at which the interpreter looks for the pyc, whether the pyc exists or not; written as {@link #pyc} is. */
    RawPath expectedPyc();

    /**
     * The file that hides the pyc from imports, relative to the entry, or absolute in another entry; empty when no file does. Of bytecode
     * in an archive that nothing hides, the member that an import takes when it rejects this one.
     */
    Optional<RawPath> hider();

    /**
     * What keeps a user from reading the pyc: a directory on the way or the file itself, named as {@link #pyc} is, and absolute above
     * the entry; empty where the user can read the pyc. Takes system calls.
     */
    Optional<RawPath> obstacleFor(FileUser user);

    /** The real path of the source, absolute and without links, if a symbolic link leads to it. May take system calls. */
    Optional<RawPath> sourceBehindLink();

    /** The real path of the pyc's directory, absolute and without links, if a symbolic link leads to it. May take system calls. */
    Optional<RawPath> cacheBehindLink();

    /**
     * The real path of the pyc, absolute and without links, if the pyc is a symbolic link; empty bytes for a link that leads to no
     * file. May take system calls.
     */
    Optional<RawPath> pycBehindLink();

    /** The same, without a link that leads to no file. */
    default Optional<RawPath> fileBehindLink() {
        return pycBehindLink().filter(path -> !path.equals(RawPath.EMPTY));
    }

    /** Whether the pyc exists; false for an expected pyc that is absent. */
    boolean hasPyc();

    /** The tag in the pyc's name, or the expected tag; null for a legacy file. */
    @Nullable
    CacheTag tag();

    OptimizationLevel level();

    /** What is known of the pair beyond the observation. */
    PairFacts facts();

    /** Walks the body behind a header to its end; {@link #observation()} reads only the first byte of the body. */
    BodyState walkBody(PycHeader.Intact header);

    /** The members of an archive that were observed; empty for files. */
    default Optional<MemberPair> members() {
        return Optional.empty();
    }

    /** The outcome of the pyc. */
    default Outcome outcome(Outcome.Effect effect) {
        @Nullable CacheTag tag = tag();
        return new Outcome(
                entry().path(),
                sourceKey().orElse(null),
                pyc().orElse(null),
                tag == null ? null : tag.name(),
                level(),
                effect,
                entry().shownPath());
    }
}
