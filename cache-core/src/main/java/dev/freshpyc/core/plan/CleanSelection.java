package dev.freshpyc.core.plan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which bytecode files a clean removes. A pure function over what the scan shows, so that a dry run and a run select the same.
 *
 * @param orphans files in a {@code __pycache__} whose source is gone
 * @param foreign files of interpreters that are not there
 * @param otherTools files that tools wrote for themselves
 * @param levels files of these optimization levels
 */
public record CleanSelection(boolean orphans, boolean foreign, boolean otherTools, Set<OptimizationLevel> levels) {

    /** Copies the set. */
    public CleanSelection {
        levels = Set.copyOf(levels);
    }

    /**
     * Why a file is removed; empty for a file that stays. A file without a tag always stays: an import may read a legacy file in
     * its source's place. A source that cannot be looked at may exist.
     *
     * @param isThere whether an interpreter of a tag is there; asked only where the answer matters, since it may be slow
     * @param isOutsideProfile whether the user named a profile without the file's module; asked last
     */
    public Optional<RemovalReason> reason(
            Placement placement,
            SourceState source,
            @Nullable CacheTag tag,
            OptimizationLevel level,
            Predicate<CacheTag> isThere,
            BooleanSupplier isOutsideProfile) {
        if (tag == null) {
            return Optional.empty();
        }
        if (placement == Placement.OF_TOOL) {
            return otherTools ? Optional.of(RemovalReason.OTHER_TOOL) : Optional.empty();
        }
        if (orphans && source instanceof SourceState.Absent) {
            return Optional.of(RemovalReason.ORPHANED);
        }
        if (levels.contains(level)) {
            return Optional.of(RemovalReason.LEVEL);
        }
        if (foreign && !isThere.test(tag)) {
            return Optional.of(RemovalReason.FOREIGN);
        }
        return source instanceof SourceState.Present && isOutsideProfile.getAsBoolean()
                ? Optional.of(RemovalReason.NOT_IN_PROFILE)
                : Optional.empty();
    }
}
