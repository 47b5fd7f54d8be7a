package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bytecode file that is to be compiled, as it was when that was decided.
 *
 * @param stamp of the file that it replaces; empty where there is none
 * @param oldHead its first bytes; none where there is no file
 * @param broken whether its body is known not to be whole
 * @param tag null for a legacy file
 * @param believed whether its interpreter takes it for right as it is, and loads it or fails over it
 */
public record Recompilation(
        FileLocation location,
        Optional<FileStamp> stamp,
        HeaderBytes oldHead,
        boolean broken,
        FileStamp sourceStamp,
        @Nullable CacheTag tag,
        PycFormat format,
        boolean believed) {

    public static Recompilation of(
            Sighting sighting,
            Verdict verdict,
            HeaderBytes oldHead,
            boolean broken,
            FileStamp source,
            PycFormat format) {
        return new Recompilation(
                PlanCollector.location(sighting),
                sighting.pycStampNow(),
                oldHead,
                broken,
                source,
                sighting.tag(),
                format,
                verdict.interpreter() != InterpreterAnswer.RECOMPILES);
    }

    /** A file that is expected and absent. */
    public static Recompilation ofMissing(Sighting sighting, FileStamp source) {
        CacheTag tag = Objects.requireNonNull(sighting.tag());
        RawPath key = sighting.sourceKey().orElseThrow();
        RawPath pyc = PycPath.of(key, tag, sighting.level());
        return new Recompilation(
                new FileLocation(sighting.entry(), pyc, key, tag.name(), sighting.level()),
                Optional.empty(),
                new HeaderBytes(0, 0, 0),
                false,
                source,
                tag,
                tag.format(),
                false);
    }

    /** The interpreter that it is for: of the very magic number that it has, where that is one of its tag's. */
    public WantedInterpreter compiler() {
        Magic magic = new Magic((int) oldHead.low());
        if (tag == null) {
            return WantedInterpreter.of(magic);
        }
        boolean knows = oldHead.length() >= Magic.LENGTH && tag.accepts(magic);
        return knows ? WantedInterpreter.of(tag, magic) : WantedInterpreter.of(tag);
    }
}
