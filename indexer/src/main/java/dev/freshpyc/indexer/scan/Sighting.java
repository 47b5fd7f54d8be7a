package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Placement;
import dev.freshpyc.core.observe.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.FileContents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bytecode file as a scan meets it: where it lies, whose it is and what was observed. Valid only while it is shown, since
 * the next one is written over it; paths are made when asked for, which for most files nobody does.
 */
public interface Sighting {

    PathEntry entry();

    /** What the interpreter would judge by; the files are read when this is first asked for. */
    Observation observation();

    /** The first bytes of the bytecode file; to be asked for when {@link #observation()} has read it. */
    HeaderBytes head();

    /** When the source was looked at, in nanoseconds since 1970. */
    long takenAtNanos();

    /** The source as {@code stat} has it, without its content. */
    SourceState sourceState();

    Placement placement();

    /** The stamp that the source has now; empty when it is no regular file any more. */
    Optional<FileStamp> sourceStampNow();

    /** The stamp that the bytecode file has now; empty when it is no regular file. */
    Optional<FileStamp> pycStampNow();

    /** How many names the bytecode file had when its stamp was last asked for; 0 where the system does not tell. */
    long pycLinks();

    FileContents.Opening openSource();

    /** Why the source cannot be opened for reading; empty when it can, or is gone. */
    Optional<Errno> sourceTrouble();

    FileContents.Opening openPyc();

    /** The source relative to the entry, or where it would be; empty for a bytecode file whose name tells none. */
    Optional<RawPath> sourceKey();

    /** The source relative to the entry, or empty when there is none. */
    Optional<RawPath> source();

    /** The bytecode file relative to the entry, absolute under a cache prefix, or empty when it is absent. */
    Optional<RawPath> pyc();

    /** Whether there is a bytecode file at all: there is none where one was expected and is absent. */
    boolean hasPyc();

    /** Of the name, or of what was expected; null for a legacy file. */
    @Nullable
    CacheTag tag();

    OptimizationLevel level();

    /** Walks the body behind that header to its end; of a body, {@link #observation()} reads the first byte alone. */
    BodyState walkBody(PycHeader.Intact header);
}
