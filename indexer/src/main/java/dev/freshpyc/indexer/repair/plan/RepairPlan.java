package dev.freshpyc.indexer.repair.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that is to be done, as the workers of the scan have planned it, in the order of the directories. */
public record RepairPlan(
        List<FileChange> restamps,
        List<Recompilation> recompilations,
        List<SourceTimeChange> times,
        Set<SourceTimeChange.Key> blocked) {

    public static RepairPlan of(List<PlanCollector> plans) {
        List<FileChange> restamps = new ArrayList<>();
        List<Recompilation> recompilations = new ArrayList<>();
        List<SourceTimeChange> times = new ArrayList<>();
        Set<SourceTimeChange.Key> blocked = new HashSet<>();
        for (PlanCollector plan : plans) {
            restamps.addAll(plan.changes());
            recompilations.addAll(plan.recompilations());
            times.addAll(plan.times());
            blocked.addAll(plan.blocked());
        }
        restamps.sort(Comparator.comparing(FileChange::location, FileLocation.BY_DIRECTORY));
        recompilations.sort(Comparator.comparing(Recompilation::location, FileLocation.BY_DIRECTORY));
        times.sort(Comparator.comparing(SourceTimeChange::location, FileLocation.BY_DIRECTORY));
        return new RepairPlan(restamps, recompilations, times, blocked);
    }

    public boolean isEmpty() {
        return restamps.isEmpty() && recompilations.isEmpty() && times.isEmpty();
    }

    /** The sources whose time can be set now that these files are right, and perhaps not all that were planned. */
    public List<SourceTimeChange> timesAfter(List<FileChange> right) {
        Set<Object> done = new HashSet<>();
        right.forEach(change -> done.add(change.location()));
        Set<SourceTimeChange.Key> unready = new HashSet<>(blocked);
        restamps.stream()
                .filter(change -> !done.contains(change.location()))
                .forEach(change -> unready.add(SourceTimeChange.keyOf(change.location())));
        recompilations.stream()
                .filter(file -> !done.contains(file.location()))
                .forEach(file -> unready.add(SourceTimeChange.keyOf(file.location())));
        return times.stream().filter(time -> !unready.contains(time.key())).toList();
    }
}
