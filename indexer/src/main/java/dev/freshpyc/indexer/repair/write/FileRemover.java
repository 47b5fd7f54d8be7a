package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;
import dev.freshpyc.indexer.repair.journal.SourceContents;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Removes pycs for one thread, many at once. A removal is three steps, so that a process that is killed at any moment leaves
 * each file in the tree or beside the journal:
 *
 * <ol>
 *   <li>The file is kept beside the journal, and listed in the journal.
 *   <li>The kept files of the batch and the journal are forced to the disk.
 *   <li>The name is checked again through its open directory, and removed if it still belongs to the kept file. A new file that
 *       another process puts under the name between the check and the removal is lost: the interpreter compiles once more. To
 *       rename the file first would avoid this loss, but a clean that is killed would leave files under such names behind.
 * </ol>
 */
public final class FileRemover implements AutoCloseable {

    private final OpenTree tree;
    private final TreeWriter editor;
    private final SourceContents sources;
    private final EntryRoots roots = new EntryRoots();
    private final Journal journal;
    private final OutcomeTally tally;
    private final FileSteps steps;
    private final Function<FilePlace, Optional<PycRecord>> known;
    private final Consumer<FilePlace> removed;
    private final Predicate<FilePlace> packaged;

    /**
     * A remover.
     *
     * @param root the root directory of the system that the tree belongs to; empty for this system
     * @param known finds the record of a pyc in the index, for the undo
     * @param removed gets each pyc that was removed
     * @param packaged whether a package's manifest lists a digest of a pyc
     */
    public FileRemover(
            Optional<RawPath> root,
            Journal journal,
            OutcomeTally tally,
            Function<FilePlace, Optional<PycRecord>> known,
            Consumer<FilePlace> removed,
            Predicate<FilePlace> packaged) {
        this.tree = new OpenTree(root);
        this.editor = tree.editor();
        this.sources = new SourceContents(editor, root);
        this.journal = journal;
        this.tally = tally;
        this.steps = new FileSteps(tally);
        this.known = known;
        this.removed = removed;
        this.packaged = packaged;
    }

    /**
     * Removes files. The tally gets the outcome of each.
     *
     * @throws IOException when no further file can be removed or kept
     */
    public void remove(List<Removal> removals) throws IOException {
        List<Removal> kept = forEach(removals, this::keep);
        journal.secure(Durability.BATCH);
        forEach(kept, this::unlink);
    }

    private interface RemovalStep {
        void run(OpenFile directory, Removal removal) throws IOException, SkippedException;
    }

    /** Runs a step for each file; returns the files for which the step succeeded. */
    private List<Removal> forEach(List<Removal> removals, RemovalStep step) throws IOException {
        List<Removal> done = new ArrayList<>();
        try (LastDirectory directories = new LastDirectory(tree)) {
            for (Removal removal : removals) {
                if (steps.run(removal.place(), () -> step.run(directories.open(removal.place()), removal))) {
                    done.add(removal);
                }
            }
        }
        return done;
    }

    private void keep(OpenFile directory, Removal removal) throws IOException, SkippedException {
        FilePlace place = removal.place();
        requireOrphaned(removal);
        Origin origin = new Origin(roots.source(place), prior(removal));
        RawPath name = place.pyc().name();
        RawPath kept = journal.keepFile(editor, directory, name, removal.stamp());
        FileState before = FileState.of(removal.stamp());
        journal.add(
                JournalEntry.removed(roots.directory(place), name, before, kept).withOrigin(origin));
    }

    private void unlink(OpenFile directory, Removal removal) throws SystemCallException, SkippedException {
        RawPath name = removal.place().pyc().name();
        if (!FileState.isSeen(editor.stat(directory, name), removal.stamp())) {
            throw new SkippedException(SkipReason.CHANGING);
        }
        requireOrphaned(removal);
        editor.unlink(directory, name);
        removed.accept(removal.place());
        tally.add(removal.outcome(packaged.test(removal.place())));
    }

    /** Throws if a file is to be removed for lack of a source, but has a source now. */
    private void requireOrphaned(Removal removal) throws SystemCallException, SkippedException {
        if (removal.reason() == RemovalReason.ORPHANED && !tree.isSourceAbsent(removal.place())) {
            throw new SkippedException(SkipReason.CHANGING, "it has a source now");
        }
    }

    /** The state of the source, which an undo compares, and the record of the pyc, which an undo restores. */
    private SourceRecord prior(Removal removal) throws SystemCallException, SkippedException {
        if (removal.reason() == RemovalReason.ORPHANED) {
            return new SourceRecord(null, null, List.of());
        }
        try {
            SourceRecord source = sources.now(roots.source(removal.place()));
            List<PycRecord> pycs = known.apply(removal.place()).stream().toList();
            return new SourceRecord(source.stamp(), source.content(), pycs);
        } catch (SystemCallException refused) {
            throw refused;
        } catch (IOException notRegular) {
            throw new SkippedException(SkipReason.CHANGING, "its source: " + notRegular.getMessage());
        }
    }

    @Override
    public void close() {
        tree.close();
    }

    /** Keeps the directory of the last file open, since the files of a directory come one after the other. */
    private static final class LastDirectory implements AutoCloseable {

        private final OpenTree tree;
        private Optional<OpenFile> open = Optional.empty();
        private Optional<FilePlace> place = Optional.empty();

        private LastDirectory(OpenTree tree) {
            this.tree = tree;
        }

        private OpenFile open(FilePlace next) throws SystemCallException {
            boolean same = place.filter(last -> last.entry().equals(next.entry())
                            && last.directory().equals(next.directory()))
                    .isPresent();
            if (!same || open.isEmpty()) {
                close();
                open = Optional.of(tree.withoutLinks(next.entry(), next.directory()));
                place = Optional.of(next);
            }
            return open.get();
        }

        @Override
        public void close() {
            open.ifPresent(OpenFile::close);
            open = Optional.empty();
        }
    }
}
