package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceMtime;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/**
 * Decides which sources get another mtime in a repair, and which must keep their mtime. The repair sets mtimes only if its options
 * ask for that.
 */
final class SourceTimeRules {

    private final boolean sets;
    private final boolean inPlace;
    private final TargetHeader target;

    SourceTimeRules(RepairOptions options) {
        this.sets = options.setSourceTimes();
        this.inPlace = options.hardLinks() == HardLinks.IN_PLACE;
        this.target = options.target();
    }

    /** Whether the repair sets mtimes of sources. */
    boolean areSet() {
        return sets;
    }

    /** The new mtime of a source; empty if the source has the mtime already, or if the repair sets no mtimes. */
    Optional<SourceTimeChange> change(Sighting sighting, FileStamp source) {
        long seconds = target.sourceMtime(source);
        boolean zero = target.mode() == TargetMode.ZERO_MTIME;
        return sets && (seconds != source.mtimeSeconds() || (zero && source.mtimeNanos() != 0))
                ? Optional.of(new SourceTimeChange(
                        sighting.entry(), sighting.sourceKey().orElseThrow(), source, seconds))
                : Optional.empty();
    }

    /**
     * Why a source must keep its mtime, as the outcome of the pyc, which stays as it is, too. A file behind a link may be the source
     * of other pycs, and bytecode that this run does not write could match the new mtime.
     */
    Optional<Effect.Failed> obstacle(Sighting sighting, FileStamp source) {
        Optional<RawPath> linked = sets ? sighting.sourceBehindLink() : Optional.empty();
        if (linked.isPresent()) {
            return Optional.of(new Effect.Failed(
                    SkipReason.LINK, "its source leads to " + linked.get().shown()));
        }
        if (change(sighting, source).isEmpty()) {
            return Optional.empty();
        }
        long names = sighting.sourceLinks();
        if (names > 1 && !inPlace) {
            return Optional.of(new Effect.Failed(SkipReason.LINKED_OUTSIDE, "its source has " + names + " names"));
        }
        return sighting.hasUntouchedBytecode()
                ? Optional.of(
                        new Effect.Failed(SkipReason.MTIME_KEPT, "its source has other bytecode, which stays as it is"))
                : Optional.empty();
    }

    /** Whether the header of a pyc that stays as it is would match the new mtime of the source. */
    boolean matchesChange(PycHeader header, Sighting sighting, FileStamp source) {
        return header instanceof PycHeader.Timestamped times
                && change(sighting, source)
                        .filter(time -> times.mtime() == (int) time.seconds())
                        .isPresent();
    }

    /** Whether the mtime of a source stays other than 0, while the header of its pyc gets the mtime 0. */
    boolean isDated(FileStamp source) {
        return target.mode() == TargetMode.ZERO_MTIME
                && !sets
                && SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos())
                                .seconds()
                        != 0;
    }
}
