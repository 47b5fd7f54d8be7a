package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a repair will do, sorted by directory.
 *
 * @param linked the planned pycs that have several names
 * @param targets the headers of compiled files
 * @param blocked sources whose mtime must stay, since a pyc of theirs stays as it is though it is not as wanted
 */
public record RepairPlan(
        List<HeaderRewrite> rewrites,
        List<Recompilation> recompilations,
        List<SourceTimeChange> times,
        Set<SourceKey> blocked,
        HardLinkCounts linked,
        EntryTargets targets) {

    /** Merges what the workers of one scan have collected for a repair that was asked to write {@code wanted}. */
    public static RepairPlan of(List<PlanCollector> collectors, TargetHeader wanted) {
        EntryTargets targets = new EntryTargets(wanted);
        List<HeaderRewrite> rewrites = new ArrayList<>();
        List<Recompilation> recompilations = new ArrayList<>();
        List<SourceTimeChange> times = new ArrayList<>();
        Set<SourceKey> blocked = new HashSet<>();
        HardLinkCounts linked = new HardLinkCounts();
        for (PlanCollector collector : collectors) {
            rewrites.addAll(collector.rewrites());
            recompilations.addAll(collector.recompilations());
            times.addAll(collector.times());
            blocked.addAll(collector.blocked());
            linked.addAll(collector.linked());
            targets.addAll(collector.targets());
        }
        rewrites.replaceAll(targets::chosen);
        rewrites.sort(Comparator.comparing(HeaderRewrite::place, FilePlace.BY_DIRECTORY));
        recompilations.sort(Comparator.comparing(Recompilation::place, FilePlace.BY_DIRECTORY));
        times.sort(Comparator.comparing(SourceTimeChange::place, FilePlace.BY_DIRECTORY));
        return new RepairPlan(rewrites, recompilations, times, blocked, linked, targets);
    }

    /** How many names a planned pyc has. */
    public long links(FilePlace place) {
        return linked.links(place);
    }

    /** How many names a planned pyc has that are not planned: outside the tree, or to stay as they are. */
    public long namesOutside(FilePlace place) {
        return linked.unplanned(place);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return rewrites.isEmpty() && recompilations.isEmpty() && times.isEmpty();
    }

    /** The sources whose time can be set now that the pycs at {@code right} are right; fewer than planned where pycs failed. */
    public List<SourceTimeChange> timesAfter(Collection<FilePlace> right) {
        Set<FilePlace> done = new HashSet<>(right);
        Set<SourceKey> unready = new HashSet<>(blocked);
        rewrites.stream()
                .map(HeaderRewrite::place)
                .filter(place -> !done.contains(place))
                .forEach(place -> unready.add(place.sourceKey()));
        recompilations.stream()
                .map(Recompilation::place)
                .filter(place -> !done.contains(place))
                .forEach(place -> unready.add(place.sourceKey()));
        return times.stream().filter(time -> !unready.contains(time.key())).toList();
    }
}
