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

/**
 * The files that one worker plans to write in the directory that it scans and in a few directories before. The store gets all files
 * of a directory at once.
 */
final class DirectoryPlan {

    private final PlanStore store;
    private List<PlannedFile> files = new ArrayList<>();
    private final Set<SourceKey> dated = new HashSet<>();
    private final Set<SourceKey> blocked = new HashSet<>();
    private final Set<SourceKey> asked = new HashSet<>();
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

    /** Adds a source's new mtime, once: the collector adds it for each pyc of the source. */
    void add(SourceTimeChange time) {
        PlannedFile added = new PlannedFile.Time(time);
        enter(added.entry(), added.source());
        hasTimes = true;
        if (dated.add(time.key())) {
            files.add(added);
        }
    }

    /** Lets a source keep its mtime. */
    void block(SourceKey source) {
        PlannedFile added = new PlannedFile.Blocked(source);
        enter(added.entry(), added.source());
        if (blocked.add(source)) {
            files.add(added);
        }
    }

    /** Whether the collector asks about a source for the first time: it asks for each pyc of the source. */
    boolean isFirst(SourceKey source) {
        enter(source.entry(), source.source());
        return asked.add(source);
    }

    boolean hasTimes() {
        return hasTimes;
    }

    /** Hands the files that are left to the store. */
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
            asked.clear();
            if (files.size() >= store.portion()) {
                finish();
            }
        }
    }
}
