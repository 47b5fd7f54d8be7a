package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.plan.PlanSection.NumberedFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pycs that a repair writes in one go, sorted by directory: as many as fit into memory at the same time. */
public final class PlanBatch {

    private final List<NumberedFile> files;
    private final List<Outcome> left = new ArrayList<>();
    private final EntryTargets targets;
    private final BitSet right;

    private final LinkedNames linked;
    private final Map<FilePlace, PlannedFile.Pyc> withNames = new HashMap<>();

    PlanBatch(List<NumberedFile> planned, EntryTargets targets, LinkedNames linked, SharedPycs shared, BitSet right) {
        this.files = new ArrayList<>();
        this.linked = linked;
        for (NumberedFile numbered : planned) {
            if (numbered.file() instanceof PlannedFile.Pyc pyc && shared.contains(pyc.place())) {
                left.add(pyc.place()
                        .outcome(new Effect.Failed(SkipReason.LINK, "links make it the pyc of two sources")));
                continue;
            }
            files.add(numbered);
            if (numbered.file() instanceof PlannedFile.Pyc pyc && pyc.links() > 1) {
                withNames.put(pyc.place(), pyc);
            }
        }
        this.targets = targets;
        this.right = right;
    }

    /**
     * The outcomes of planned pycs that are left as they are, since symbolic links make each of them the pyc of two
     * sources.
     */
    public List<Outcome> left() {
        return left;
    }

    /** Pycs that get a new header. */
    public List<HeaderRewrite> rewrites() {
        List<HeaderRewrite> rewrites = new ArrayList<>();
        for (NumberedFile numbered : files) {
            if (numbered.file() instanceof PlannedFile.Rewrite(HeaderRewrite change, var _)) {
                rewrites.add(targets.chosen(change));
            }
        }
        rewrites.sort(Comparator.comparing(HeaderRewrite::place, FilePlace.BY_DIRECTORY));
        return rewrites;
    }

    /** Pycs that are compiled. */
    public List<Recompilation> recompilations() {
        List<Recompilation> recompilations = new ArrayList<>();
        for (NumberedFile numbered : files) {
            if (numbered.file() instanceof PlannedFile.Compilation(Recompilation file, var _)) {
                recompilations.add(file);
            }
        }
        recompilations.sort(Comparator.comparing(Recompilation::place, FilePlace.BY_DIRECTORY));
        return recompilations;
    }

    /** Says which pycs of the batch are right now. */
    public void setRight(Collection<FilePlace> places) {
        Set<FilePlace> all = new HashSet<>(places);
        for (NumberedFile numbered : files) {
            if (numbered.file() instanceof PlannedFile.Pyc pyc && all.contains(pyc.place())) {
                right.set(numbered.number());
            }
        }
    }

    /** How many names a planned pyc has. */
    public long links(FilePlace place) {
        PlannedFile.@Nullable Pyc pyc = withNames.get(place);
        return pyc == null ? 1 : pyc.links();
    }

    /** How many names of a planned pyc are not planned: names outside the tree, and names that stay as they are. */
    public long namesOutside(FilePlace place) {
        PlannedFile.@Nullable Pyc pyc = withNames.get(place);
        return pyc == null
                ? 0
                : pyc.stamp().map(stamp -> pyc.links() - linked.planned(stamp)).orElse(0L);
    }
}
