package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The planned recompilation of one pyc, with the state of the file when it was planned.
 *
 * @param oldStamp the stamp of the file that is replaced; empty where there is no file
 * @param oldHead the first bytes of that file; none where there is no file
 * @param broken whether the body is known to be incomplete or no code
 * @param tag null for a legacy file
 * @param reader the interpreter that a legacy file is for, since the user named it and the file has another magic; empty where the tag
 *     or the file's own magic tells
 * @param believed whether the interpreter takes the file for valid as it is, and so loads the file or fails on it
 * @param prior the record of the source and of this pyc before the repair
 */
public record Recompilation(
        FilePlace place,
        Optional<FileStamp> oldStamp,
        HeaderBytes oldHead,
        boolean broken,
        FileStamp sourceStamp,
        @Nullable CacheTag tag,
        Optional<KnownInterpreter> reader,
        PycFormat format,
        boolean believed,
        SourceRecord prior) {

    /**
     * The recompilation of a sighted pyc.
     *
     * @param reader as {@link #reader()}
     */
    public static Recompilation of(
            Sighting sighting,
            Verdict verdict,
            HeaderBytes oldHead,
            boolean broken,
            FileStamp source,
            Optional<KnownInterpreter> reader,
            SourceRecord prior) {
        return new Recompilation(
                FilePlace.of(sighting),
                sighting.pycStampNow(),
                oldHead,
                broken,
                source,
                sighting.tag(),
                reader,
                format(sighting.tag(), reader, oldHead),
                verdict.interpreter() != InterpreterAnswer.RECOMPILES,
                prior);
    }

    /**
     * The compilation of a pyc that is expected and absent.
     *
     * @param reader as {@link #reader()}
     */
    public static Recompilation ofMissing(
            Sighting sighting, FileStamp source, Optional<KnownInterpreter> reader, SourceRecord prior) {
        return new Recompilation(
                FilePlace.of(sighting),
                Optional.empty(),
                HeaderBytes.NONE,
                false,
                source,
                sighting.tag(),
                reader,
                format(sighting.tag(), reader, HeaderBytes.NONE),
                false,
                prior);
    }

    /** The format of the new file. */
    public static PycFormat format(@Nullable CacheTag tag, Optional<KnownInterpreter> reader, HeaderBytes oldHead) {
        return reader.map(known -> PycFormat.of(known.version()))
                .orElseGet(() -> PycFormat.of(tag, new Magic((int) oldHead.low())));
    }

    /**
     * Whether the code may turn out equal to that of the file: the body is not known to be broken, and the interpreter that compiles
     * is the one whose magic the file has.
     */
    public boolean mayBeEqual() {
        Magic magic = new Magic((int) oldHead.low());
        return !broken
                && reader.isEmpty()
                && oldStamp.isPresent()
                && oldHead.length() >= format.layout().length()
                && (tag == null || tag.accepts(magic));
    }

    /** The interpreter that the pyc is for: the one that the user named for a legacy file, else the one of the file's own magic where that is one of the tag's. */
    public WantedInterpreter compiler() {
        return reader.map(known -> WantedInterpreter.of(known.magic()))
                .orElseGet(() -> WantedInterpreter.ofPyc(tag, oldHead));
    }
}
