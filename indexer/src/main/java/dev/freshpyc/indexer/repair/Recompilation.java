package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.scan.ScanEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bytecode file that is to be compiled, as it was when that was decided.
 *
 * @param pyc relative to the entry, or absolute under a cache prefix
 * @param stamp of the file that it replaces; empty where there is none
 * @param tag null for a legacy file
 */
record Recompilation(
        ScanEntry entry,
        RawPath pyc,
        Optional<Stamp> stamp,
        Optional<PycRecord> record,
        RawPath source,
        Stamp sourceStamp,
        @Nullable CacheTag tag,
        OptimizationLevel level,
        PycFormat format) {

    static Recompilation of(Sighting sighting, Optional<PycRecord> record, Stamp source, PycFormat format) {
        return new Recompilation(
                sighting.entry(),
                sighting.pyc().orElseThrow(),
                sighting.pycStampNow(),
                record,
                sighting.sourceKey().orElseThrow(),
                source,
                sighting.tag(),
                sighting.level(),
                format);
    }
}
