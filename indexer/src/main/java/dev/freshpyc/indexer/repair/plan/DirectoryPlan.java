package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one worker plans for the directory that it stands in, and for a few before: a store gets them whole. */
final class DirectoryPlan {

    private final PlanStore store;
    private List<PlannedFile> files = new ArrayList<>();
    private final Set<SourceKey> dated = new HashSet<>();
    private final Set<SourceKey> blocked = new HashSet<>();
    private final Set<SourceKey> told = new HashSet<>();
    private @Nullable PathEntry entry;
    private RawPath path = RawPath.EMPTY;
    private int pycs;
    private boolean hasTimes;

    DirectoryPlan(PlanStore store) {
        this.store = store;
    }

    void add(PlannedFile.Pyc pyc) {
        enter(pyc.entry(), pyc.source());
        files.add(pyc);
        pycs++;
        if (pyc.links() > 1) {
            pyc.stamp().ifPresent(store.linked()::add);
        }
    }

    /** Adds a source's new mtime; a source is shown for each of its pycs. */
    void add(SourceTimeChange time) {
        PlannedFile added = new PlannedFile.Time(time);
        enter(added.entry(), added.source());
        hasTimes = true;
        if (dated.add(time.key())) {
            files.add(added);
        }
    }

    /** Keeps a source's mtime as it is. */
    void block(SourceKey source) {
        PlannedFile added = new PlannedFile.Blocked(source);
        enter(added.entry(), added.source());
        if (blocked.add(source)) {
            files.add(added);
        }
    }

    /** Whether a source is asked about for the first time; a source is shown for each of its pycs. */
    boolean isFirst(SourceKey source) {
        enter(source.entry(), source.source());
        return told.add(source);
    }

    boolean hasTimes() {
        return hasTimes;
    }

    /** Hands on what is left. */
    void finish() {
        if (!files.isEmpty()) {
            store.add(files, pycs);
            files = new ArrayList<>();
            pycs = 0;
        }
    }

    private void enter(PathEntry of, RawPath source) {
        RawPath parent = source.parent();
        if (!of.equals(entry) || !parent.equals(path)) {
            entry = of;
            path = parent;
            dated.clear();
            blocked.clear();
            told.clear();
            if (files.size() >= store.portion()) {
                finish();
            }
        }
    }
}
