package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts back what one repair changed. A file that is no longer what the repair made of it is left alone, so that no later work
 * is lost; a file that the repair did not reach is right already.
 */
public final class Undo {

    private final OutcomeTally tally;
    private final Path journal;

    /** The entry that each file with several names was put back for, so that the other names are linked to that file. */
    private final Map<OpenDirectory.Identity, JournalEntry> putBack = new HashMap<>();

    private Undo(Path journal, OutcomeTally tally) {
        this.journal = journal;
        this.tally = tally;
    }

    /** Undoes the changes that a journal lists, the last change first. */
    public static RepairSummary of(Path journal) throws IOException {
        return of(journal, OutcomeTally.counting());
    }

    /** Undoes the changes that a journal lists, the last change first, and hands out the outcome of each file. */
    public static RepairSummary of(Path journal, Consumer<Outcome> outcomes) throws IOException {
        return of(journal, OutcomeTally.forwardingTo(outcomes));
    }

    private static RepairSummary of(Path journal, OutcomeTally tally) throws IOException {
        Journal.requireBegun(journal);
        List<JournalEntry> entries = Journal.read(journal);
        Undo undo = new Undo(CanonicalPath.ofExisting(journal), tally);
        try (TreeWriter editor = HostFiles.newWriter()) {
            for (JournalEntry entry : entries.reversed()) {
                switch (entry.operation()) {
                    case RESTAMPED, REPLACED, CREATED, LINK_REPLACED, TIME -> undo.undo(editor, entry);
                    case MADE -> undo.removeDirectory(editor, entry);
                    case BEGUN -> {}
                }
            }
        }
        return tally.summary();
    }

    /** Removes a directory that the repair made, unless others use the directory by now or have removed it. */
    private void removeDirectory(TreeWriter editor, JournalEntry entry) {
        try {
            try (OpenFile parent = editor.openRoot(entry.directory())) {
                editor.removeDirectory(parent, entry.name());
            }
        } catch (SystemCallException refused) {
            Errno errno = refused.errno();
            if (!errno.isAbsence() && !errno.equals(Errno.ENOTEMPTY) && !errno.equals(Errno.EEXIST)) {
                fail(entry, SkipReason.REFUSED, String.valueOf(refused.getMessage()));
            }
        }
    }

    private void undo(TreeWriter editor, JournalEntry entry) {
        tally.addSeen(1);
        try {
            try (OpenFile directory = editor.openRoot(entry.directory())) {
                undo(editor, directory, entry);
            }
        } catch (SystemCallException refused) {
            if (isGone(entry, refused)) {
                report(entry, new Effect.Skipped(SkipReason.AS_WANTED));
                return;
            }
            SkipReason reason = refused.errno().isAbsence() ? SkipReason.CHANGING : SkipReason.REFUSED;
            fail(entry, reason, String.valueOf(refused.getMessage()));
        }
    }

    /** Whether a file that the repair made is gone already, perhaps with its directory. */
    private static boolean isGone(JournalEntry entry, SystemCallException refused) {
        return entry.operation() == JournalEntry.Operation.CREATED
                && refused.errno().equals(Errno.ENOENT);
    }

    private void undo(TreeWriter editor, OpenFile directory, JournalEntry entry) throws SystemCallException {
        boolean wasLink = entry.operation() == JournalEntry.Operation.LINK_REPLACED;
        if (wasLink && isLink(editor, directory, entry)) {
            report(entry, new Effect.Skipped(SkipReason.AS_WANTED));
            return;
        }
        try (OpenFile file = editor.open(directory, entry.name(), entry.isInPlace())) {
            FileFacts facts = editor.stat(file);
            if (!facts.regular()) {
                fail(entry, SkipReason.CHANGING, "no longer a regular file");
            } else if (isAsBefore(editor, file, facts, entry)) {
                report(entry, new Effect.Skipped(SkipReason.AS_WANTED));
            } else if (isAsRepaired(editor, file, facts, entry)) {
                report(entry, putBack(editor, directory, file, facts, entry));
            } else {
                fail(entry, SkipReason.CHANGING, "changed since the repair");
            }
        }
    }

    /** Whether a name is still, or again, the symbolic link of before. */
    private static boolean isLink(TreeWriter editor, OpenFile directory, JournalEntry entry) {
        try {
            return editor.readLink(directory, entry.name()).equals(entry.temporary());
        } catch (SystemCallException none) {
            return false;
        }
    }

    private Effect putBack(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        switch (entry.operation()) {
            case CREATED -> {
                editor.unlink(directory, entry.name());
                return new Effect.Removed();
            }
            case LINK_REPLACED -> {
                RawPath temporary = TemporaryName.next();
                editor.makeLink(directory, temporary, entry.temporary());
                editor.rename(directory, temporary, entry.name());
            }
            case TIME -> editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
            case RESTAMPED, REPLACED, MADE, BEGUN -> {
                if (entry.isInPlace()) {
                    editor.overwrite(file, facts, entry.oldHead().toBytes());
                    editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
                } else {
                    putBackFile(editor, directory, file, facts, entry);
                }
            }
        }
        return new Effect.PutBack();
    }

    private void putBackFile(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        if (putBack.containsKey(facts.identity())) {
            link(editor, directory, Objects.requireNonNull(putBack.get(facts.identity())), entry);
            return;
        }
        replace(editor, directory, file, facts, entry);
        if (facts.links() > 1) {
            putBack.put(facts.identity(), entry);
        }
    }

    /** Makes the name of {@code entry} one of the file that was put back for {@code first}, as before the repair. */
    private static void link(TreeWriter editor, OpenFile directory, JournalEntry first, JournalEntry entry)
            throws SystemCallException {
        RawPath temporary = TemporaryName.next();
        try (OpenFile from = editor.openRoot(first.directory())) {
            editor.link(from, first.name(), directory, temporary);
        }
        editor.rename(directory, temporary, entry.name());
    }

    private void replace(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        RawPath temporary = TemporaryName.next();
        try (OpenFile made = editor.create(directory, temporary)) {
            if (entry.operation() == JournalEntry.Operation.REPLACED) {
                OldContents.copy(editor, journal, entry.keptAt(), before.size(), made);
            } else {
                editor.copy(
                        file,
                        made,
                        facts.stamp().size(),
                        entry.newHead().toBytes(),
                        entry.oldHead().toBytes());
            }
            editor.copyAttributes(file, facts, made, editor.stat(made));
            editor.setMtime(made, before.mtimeSeconds(), before.mtimeNanos());
            editor.force(made);
            editor.rename(directory, temporary, entry.name());
        } catch (SystemCallException refused) {
            editor.unlink(directory, temporary);
            throw refused;
        }
    }

    /** Whether a file is what it was before the repair; an earlier undo may have put it back under another inode. */
    private static boolean isAsBefore(TreeWriter editor, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        return entry.operation() != JournalEntry.Operation.CREATED
                && entry.operation() != JournalEntry.Operation.LINK_REPLACED
                && FileState.of(facts.stamp())
                        .equals(entry.before().withInode(facts.stamp().inode()))
                && entry.isOldHeadOf(editor, file);
    }

    /** Whether a file is what the repair made of it. A run killed while writing in place leaves another mtime. */
    private static boolean isAsRepaired(TreeWriter editor, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState now = FileState.of(facts.stamp());
        boolean same = entry.isInPlace() ? now.isSameButForTime(entry.after()) : now.equals(entry.after());
        return same && entry.isNewHeadOf(editor, file);
    }

    private void fail(JournalEntry entry, SkipReason reason, String detail) {
        report(entry, new Effect.Failed(reason, detail));
    }

    private void report(JournalEntry entry, Effect effect) {
        boolean source = entry.operation() == JournalEntry.Operation.TIME;
        tally.add(new Outcome(
                entry.directory(),
                source ? entry.name() : null,
                source ? null : entry.name(),
                null,
                OptimizationLevel.NONE,
                effect));
    }
}
