package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.UndoSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Puts back what one repair or clean changed. A file that has changed since the repair stays, so that no later work is
 * lost. A file that the repair did not reach is right already. A pyc whose source has another content or mtime than at
 * the repair stays, too: its old header could match the present source, and old code would run.
 *
 * <p>Old files are made anew beside the repaired ones, many at once, and renamed when all of them are on the disk. An undo that
 * is killed can be run again: the journal stays, and a journal of the undo itself names the directories with new files.
 */
public final class Undo {

    /** The reason why a file stays that has changed since the repair. */
    static final String CHANGED = "changed since the repair; undo overwrites no later change";

    private final OutcomeTally tally = OutcomeTally.counting();
    private final Consumer<Outcome> outcomes;
    private final TreeWriter editor;
    private final PutBackFiles files;
    private final Consumer<UndonePyc> undone;
    private final SourceContents sources;
    private final RemovalUndo removals;

    private Undo(
            RecordedRun run, TreeWriter editor, Consumer<Outcome> outcomes, Consumer<UndonePyc> undone, int batch) {
        this.undone = undone;
        this.sources = new SourceContents(editor, run.root());
        this.editor = editor;
        this.outcomes = outcomes;
        this.files = new PutBackFiles(editor, run.journal(), this::report, batch);
        this.removals = new RemovalUndo(editor, run.journal(), files, sources, this::report);
    }

    /**
     * Undoes the changes of a run, the last change first.
     *
     * @param below changes elsewhere stay; empty, or all trees of the run, for all changes
     * @param journals gets a journal of the undo itself while it runs, by which a later run cleans up if the undo is
     *     killed. If a full disk has no room for the journal, the files are put back without it
     * @param outcomes gets the outcome of each file
     * @param undone gets each pyc that was put back or removed, with its record before the repair
     */
    public static UndoSummary of(
            RecordedRun run,
            List<RawPath> below,
            JournalDirectory journals,
            Consumer<Outcome> outcomes,
            Consumer<UndonePyc> undone) {
        return of(run, below, journals, outcomes, undone, PutBackFiles.BATCH);
    }

    /** @param batch how many files are renamed at once */
    static UndoSummary of(
            RecordedRun run,
            List<RawPath> below,
            JournalDirectory journals,
            Consumer<Outcome> outcomes,
            Consumer<UndonePyc> undone,
            int batch) {
        boolean all = below.isEmpty() || run.isWithin(below);
        Predicate<JournalEntry> wanted = entry -> all || below.stream().anyMatch(entry::isBelow);
        Optional<Journal> own = announced(run, wanted, journals);
        try (TreeWriter editor = HostFiles.newWriter()) {
            Undo undo = new Undo(run, editor, outcomes, undone, batch);
            undo.undoAll(run.entries(), wanted, entry -> all || below.stream().anyMatch(entry::isOnTheWayTo));
            if (!all) {
                undo.nameUntrueRecords(run.entries(), below);
            }
            return UndoSummary.of(undo.tally.summary());
        } catch (Error broken) {
            own.ifPresent(Journal::interrupt);
            throw broken;
        } finally {
            own.ifPresent(Undo::close);
        }
    }

    /** Writes to a new journal which directories may hold new files from now on; empty where there is no room for it. */
    private static Optional<Journal> announced(
            RecordedRun run, Predicate<JournalEntry> wanted, JournalDirectory journals) {
        try {
            Journal own = journals.create(Instant.now());
            try {
                Announcement announcement = new Announcement(own);
                run.entries().forEach(entry -> {
                    if (entry.isChange() && !entry.isInPlace() && wanted.test(entry)) {
                        announcement.add(entry.directory());
                    }
                });
                announcement.finish();
                return Optional.of(own);
            } catch (IOException | UncheckedIOException full) {
                close(own);
            }
        } catch (IOException full) {
            // Undoing needs no journal, and may be what makes room.
        }
        return Optional.empty();
    }

    private static void close(Journal own) {
        try {
            own.close();
        } catch (IOException stays) {
            // A later run finds the journal, and nothing to clean up.
        }
    }

    /** @param onTheWay whether a removed directory is needed for a change that is undone */
    private void undoAll(JournalEntries entries, Predicate<JournalEntry> wanted, Predicate<JournalEntry> onTheWay) {
        try {
            entries.forEachReversed(entry -> {
                if (entry.isChange() && wanted.test(entry)) {
                    undo(entry);
                } else if (entry.operation() == JournalEntry.Operation.DIRECTORY_REMOVED && onTheWay.test(entry)) {
                    removals.makeAgain(entry);
                }
            });
        } catch (IOException unreadable) {
            tally.addProblem("only a part was undone: " + unreadable.getMessage());
        }
        files.renameAll();
        files.syncAll()
                .ifPresent(refused -> tally.addProblem("the files were restored but could not be forced to disk ("
                        + refused + "): after a crash, run the undo again"));
        try {
            entries.forEachReversed(entry -> {
                if (entry.operation() == JournalEntry.Operation.MADE && wanted.test(entry)) {
                    removeDirectory(entry);
                } else if (entry.operation() == JournalEntry.Operation.REMOVED && wanted.test(entry)) {
                    removals.dropKept(entry);
                }
            });
        } catch (IOException unreadable) {
            tally.addProblem("directories that the repair made could not be removed: "
                    + RawPath.of(String.valueOf(unreadable.getMessage())).shown());
        }
    }

    /** Names RECORD files if only a part of the files that they list was put back. */
    private void nameUntrueRecords(JournalEntries entries, List<RawPath> below) {
        try {
            entries.forEach(entry -> {
                if (below.stream().anyMatch(entry::isRecordAbove)) {
                    tally.addProblem(entry.path().shown()
                            + " still has the digests from before this undo; without PATH, undo puts it back too");
                }
            });
        } catch (IOException unreadable) {
            tally.addProblem("RECORD files may have the digests from before this undo: " + unreadable.getMessage());
        }
    }

    /** Removes a directory that the repair made, unless others use the directory by now or have removed it. */
    private void removeDirectory(JournalEntry entry) {
        try {
            try (OpenFile parent = editor.openRoot(entry.directory())) {
                editor.removeDirectory(parent, entry.name());
            }
        } catch (SystemCallException refused) {
            Errno errno = refused.errno();
            if (!errno.isAbsence() && !errno.equals(Errno.ENOTEMPTY) && !errno.equals(Errno.EEXIST)) {
                report(entry, new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage())));
            }
        }
    }

    private void undo(JournalEntry entry) {
        tally.addSeen(1);
        try {
            try (OpenFile directory = editor.openRoot(entry.directory())) {
                undo(directory, entry);
            }
        } catch (SystemCallException refused) {
            report(entry, isGone(entry, refused) ? new Effect.Skipped(SkipReason.AS_WANTED) : failure(refused));
        }
    }

    /** Whether a file that the repair made is gone already, perhaps with its directory. */
    private static boolean isGone(JournalEntry entry, SystemCallException refused) {
        return entry.operation() == JournalEntry.Operation.CREATED
                && refused.errno().equals(Errno.ENOENT);
    }

    /** What became of a file that the system refused to put back. */
    static Effect failure(SystemCallException refused) {
        SkipReason reason = refused.errno().isAbsence() ? SkipReason.CHANGING : SkipReason.REFUSED;
        return new Effect.Failed(reason, String.valueOf(refused.getMessage()));
    }

    private void undo(OpenFile directory, JournalEntry entry) throws SystemCallException {
        if (entry.operation() == JournalEntry.Operation.REMOVED) {
            removals.putBack(directory, entry);
            return;
        }
        boolean wasLink = entry.operation() == JournalEntry.Operation.LINK_REPLACED;
        if (wasLink && isLink(directory, entry)) {
            report(entry, new Effect.Skipped(SkipReason.AS_WANTED));
            return;
        }
        try (OpenFile file = editor.open(directory, entry.name(), entry.isInPlace())) {
            FileFacts facts = editor.stat(file);
            if (!facts.regular()) {
                report(entry, new Effect.Failed(SkipReason.CHANGING, "no longer a regular file"));
            } else if (isAsBefore(file, facts, entry)) {
                report(entry, new Effect.Skipped(SkipReason.AS_WANTED));
            } else if (!isAsRepaired(file, facts, entry) || hasOtherContent(file, facts, entry)) {
                report(entry, new Effect.Failed(SkipReason.CHANGING, CHANGED));
            } else if (sources.hasChanged(entry)) {
                report(
                        entry,
                        new Effect.Failed(
                                SkipReason.CHANGING,
                                "its source changed since the repair, so the old bytecode may be wrong"));
            } else {
                putBack(directory, file, facts, entry);
            }
        }
    }

    /** Whether a name is still, or again, the symbolic link of before. */
    private boolean isLink(OpenFile directory, JournalEntry entry) {
        try {
            return editor.readLink(directory, entry.name()).equals(entry.temporary());
        } catch (SystemCallException none) {
            return false;
        }
    }

    private void putBack(OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        files.wroteTo(facts, entry);
        switch (entry.operation()) {
            case CREATED -> {
                editor.unlink(directory, entry.name());
                files.removedFrom(entry.directory());
                report(entry, new Effect.Removed());
            }
            case LINK_REPLACED -> {
                RawPath temporary = TemporaryName.next();
                editor.makeLink(directory, temporary, entry.temporary());
                editor.rename(directory, temporary, entry.name());
                report(entry, new Effect.PutBack());
            }
            case TIME -> {
                editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
                report(entry, new Effect.PutBack());
            }
            case RESTAMPED, REPLACED, REMOVED, DIRECTORY_REMOVED, MADE, BEGUN, TREE -> {
                if (entry.isInPlace()) {
                    editor.overwrite(file, facts, entry.oldHead().toBytes());
                    editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
                    report(entry, new Effect.PutBack());
                } else {
                    files.prepare(directory, file, facts, entry);
                }
            }
        }
    }

    /** Whether a file is what it was before the repair; an earlier undo may have put it back under another inode. */
    private boolean isAsBefore(OpenFile file, FileFacts facts, JournalEntry entry) throws SystemCallException {
        return entry.operation() != JournalEntry.Operation.CREATED
                && entry.operation() != JournalEntry.Operation.LINK_REPLACED
                && FileState.of(facts.stamp()).isCopyOf(entry.before())
                && entry.isOldHeadOf(editor, file);
    }

    /** Whether a file is what the repair made of it. A run killed while writing in place leaves another mtime. */
    private boolean isAsRepaired(OpenFile file, FileFacts facts, JournalEntry entry) throws SystemCallException {
        FileState now = FileState.of(facts.stamp());
        boolean same = entry.isInPlace() ? now.isSameButForTime(entry.after()) : now.equals(entry.after());
        return same && entry.isNewHeadOf(editor, file);
    }

    /** Whether a source whose mtime was set has another content now; its old mtime could then match bytecode of old code. */
    private boolean hasOtherContent(OpenFile file, FileFacts facts, JournalEntry entry) {
        if (entry.operation() != JournalEntry.Operation.TIME) {
            return false;
        }
        try {
            Sha256 now = editor.sha256(file, 0, facts.stamp().size());
            return entry.origin()
                    .filter(origin -> now.equals(origin.prior().content()))
                    .isEmpty();
        } catch (IOException unreadable) {
            return true;
        }
    }

    private void report(JournalEntry entry, Effect effect) {
        boolean source = entry.operation() == JournalEntry.Operation.TIME;
        Outcome outcome = new Outcome(
                entry.directory(),
                source ? entry.name() : null,
                source ? null : entry.name(),
                null,
                OptimizationLevel.NONE,
                effect);
        tally.add(outcome);
        outcomes.accept(outcome);
        if (!source && (effect instanceof Effect.PutBack || effect instanceof Effect.Removed)) {
            entry.origin().ifPresent(origin -> undone.accept(new UndonePyc(entry.path(), origin)));
        }
    }
}
