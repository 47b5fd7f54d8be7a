package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.HeadBytes;
import dev.freshpyc.indexer.compile.WantedCompiler;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bytecode file that is to be compiled, as it was when that was decided.
 *
 * @param stamp of the file that it replaces; empty where there is none
 * @param oldHead its first bytes; none where there is no file
 * @param tag null for a legacy file
 */
record Recompilation(
        Change.Place place,
        Optional<Stamp> stamp,
        HeadBytes oldHead,
        Stamp sourceStamp,
        @Nullable CacheTag tag,
        PycFormat format) {

    static Recompilation of(Sighting sighting, HeadBytes oldHead, Stamp source, PycFormat format) {
        return new Recompilation(
                Planning.place(sighting), sighting.pycStampNow(), oldHead, source, sighting.tag(), format);
    }

    /** A file that is expected and absent. */
    static Recompilation ofMissing(Sighting sighting, Stamp source) {
        CacheTag tag = Objects.requireNonNull(sighting.tag());
        RawPath key = sighting.sourceKey().orElseThrow();
        RawPath pyc = PycPath.of(key, tag, sighting.level());
        return new Recompilation(
                new Change.Place(sighting.entry(), pyc, key, tag.name(), sighting.level()),
                Optional.empty(),
                new HeadBytes(0, 0, 0),
                source,
                tag,
                tag.format());
    }

    /** The interpreter that it is for: of the very magic number that it has, where that is one of its tag's. */
    WantedCompiler compiler() {
        Magic magic = new Magic((int) oldHead.low());
        if (tag == null) {
            return WantedCompiler.of(magic);
        }
        boolean knows = oldHead.length() >= Magic.LENGTH && tag.accepts(magic);
        return knows ? WantedCompiler.of(tag, magic) : WantedCompiler.of(tag);
    }
}
