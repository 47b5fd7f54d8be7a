package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Optional;

/**
 * The RECORD of a wheel, as one that lists files below a path entry.
 *
 * @param record absolute and without links
 * @param entry the first entry with such a file
 */
record WheelRecordPlace(RawPath record, PathEntry entry) {

    /** The directory that the paths in the RECORD are relative to: the one that the wheel was installed in. */
    RawPath base() {
        return record.parent().parent();
    }

    /** A pyc's path as the RECORD has it, without dots; empty for a pyc outside the base. */
    Optional<RawPath> nameOf(FilePlace place) {
        return CanonicalPath.of(place.entry().path()).resolve(place.pyc()).relativeTo(base());
    }

    /** The outcome of the RECORD, whose path takes the place of a pyc's. */
    Outcome outcome(Effect effect) {
        RawPath path = record.relativeTo(CanonicalPath.of(entry.path())).orElse(record);
        return new Outcome(entry.path(), null, path, null, OptimizationLevel.NONE, effect);
    }
}
