package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.plan.PlanSection.NumberedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a repair will do. It is read in batches, each of which fits into memory, and most plans are one batch. Not
 * thread-safe.
 */
public final class RepairPlan {

    private final List<PlanSection> sections;
    private final int batch;
    private final LinkedNames linked;
    private final SharedPycs shared;
    private final EntryTargets targets;
    private final Set<WantedInterpreter> compilers;
    private final boolean hasTimes;
    private final Optional<PlanFile> file;
    private final PlanCodec codec;

    /** The numbers of the pycs that are right now. */
    private final BitSet right = new BitSet();

    RepairPlan(
            List<PlanSection> sections,
            int batch,
            LinkedNames linked,
            SharedPycs shared,
            EntryTargets targets,
            List<PlanCollector> collectors,
            Optional<PlanFile> file,
            PlanCodec codec) {
        this.sections = sections;
        this.batch = batch;
        this.linked = linked;
        this.shared = shared;
        this.targets = targets;
        this.compilers = collectors.stream()
                .flatMap(collector -> collector.compilers().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.hasTimes = collectors.stream().anyMatch(PlanCollector::hasTimes);
        this.file = file;
        this.codec = codec;
    }

    /** The headers of compiled files. */
    public EntryTargets targets() {
        return targets;
    }

    /** The interpreters that compile. */
    public Set<WantedInterpreter> compilers() {
        return compilers;
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return !hasTimes && sections.stream().allMatch(section -> section.pycs() == 0);
    }

    /** The pycs that are written, a batch at a time. */
    public PlanBatches batches() {
        return new PlanBatches(sections, batch, linked, file, codec, this::batch);
    }

    private PlanBatch batch(List<NumberedFile> files) {
        return new PlanBatch(files, targets, linked, shared, right);
    }

    /** Sets mtimes of sources. */
    @FunctionalInterface
    public interface TimesTask {
        /** Sets the mtimes of one batch. */
        void run(List<SourceTimeChange> times) throws IOException, InterruptedException;
    }

    /**
     * Hands out, a batch at a time, the sources whose mtime can be set: those whose pycs are all said to be right. A source with a pyc
     * that failed is left out.
     */
    public void forEachReadyTime(TimesTask task) throws IOException, InterruptedException {
        List<SourceTimeChange> ready = new ArrayList<>();
        for (PlanSection section : hasTimes ? sections : List.<PlanSection>of()) {
            addReady(section, ready);
            if (ready.size() >= batch) {
                runSorted(ready, task);
            }
        }
        if (!ready.isEmpty()) {
            runSorted(ready, task);
        }
    }

    private static void runSorted(List<SourceTimeChange> ready, TimesTask task)
            throws IOException, InterruptedException {
        ready.sort(Comparator.comparing(SourceTimeChange::place, FilePlace.BY_DIRECTORY));
        task.run(List.copyOf(ready));
        ready.clear();
    }

    private void addReady(PlanSection section, List<SourceTimeChange> ready) throws IOException {
        Set<SourceKey> unready = new HashSet<>();
        List<SourceTimeChange> times = new ArrayList<>();
        PlanSection.Reader files = section.reader();
        while (files.hasNext()) {
            NumberedFile numbered = files.next();
            switch (numbered.file()) {
                case PlannedFile.Pyc pyc -> {
                    if (!right.get(numbered.number())) {
                        unready.add(pyc.place().sourceKey());
                    }
                }
                case PlannedFile.Blocked(SourceKey key) -> unready.add(key);
                case PlannedFile.Time(SourceTimeChange change) -> times.add(change);
            }
        }
        times.stream().filter(time -> !unready.contains(time.key())).forEach(ready::add);
    }
}
