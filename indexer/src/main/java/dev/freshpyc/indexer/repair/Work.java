package dev.freshpyc.indexer.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that is to be done, as the workers of the scan have planned it, in the order of the directories. */
record Work(
        List<Change> restamps,
        List<Recompilation> recompilations,
        List<SourceTime> times,
        Set<SourceTime.Key> blocked) {

    static Work of(List<Planning> plans) {
        List<Change> restamps = new ArrayList<>();
        List<Recompilation> recompilations = new ArrayList<>();
        List<SourceTime> times = new ArrayList<>();
        Set<SourceTime.Key> blocked = new HashSet<>();
        for (Planning plan : plans) {
            restamps.addAll(plan.changes());
            recompilations.addAll(plan.recompilations());
            times.addAll(plan.times());
            blocked.addAll(plan.blocked());
        }
        restamps.sort(Comparator.comparing(Change::place, Change.Place.BY_DIRECTORY));
        recompilations.sort(Comparator.comparing(Recompilation::place, Change.Place.BY_DIRECTORY));
        times.sort(Comparator.comparing(SourceTime::place, Change.Place.BY_DIRECTORY));
        return new Work(restamps, recompilations, times, blocked);
    }

    boolean isEmpty() {
        return restamps.isEmpty() && recompilations.isEmpty() && times.isEmpty();
    }

    /**
     * The sources whose time can be set now that these changes were made, and perhaps not all that were planned.
     *
     * @param asWanted what needed no change after all
     */
    List<SourceTime> timesAfter(List<Change> made, Set<Change.Place> asWanted) {
        Set<Object> done = new HashSet<>(asWanted);
        made.forEach(change -> done.add(change.place()));
        Set<SourceTime.Key> unready = new HashSet<>(blocked);
        restamps.stream()
                .filter(change -> !done.contains(change.place()))
                .forEach(change -> unready.add(SourceTime.keyOf(change.place())));
        recompilations.stream()
                .filter(file -> !done.contains(file.place()))
                .forEach(file -> unready.add(SourceTime.keyOf(file.place())));
        return times.stream().filter(time -> !unready.contains(time.key())).toList();
    }
}
