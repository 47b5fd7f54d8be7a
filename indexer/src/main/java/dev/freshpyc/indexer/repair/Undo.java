package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.SavedContents;
import dev.freshpyc.indexer.repair.write.PycWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts back what one repair changed. A file that is not any more what the repair made of it is left alone, so that no later
 * work is lost; one that the repair did not come to is right already.
 */
public final class Undo {

    private final OutcomeCollector total = new OutcomeCollector();

    private final Path journal;

    /** Files with several names that one of them was put back for. */
    private final Map<OpenDirectory.Identity, JournalEntry> putBack = new HashMap<>();

    private Undo(Path journal) {
        this.journal = journal;
    }

    /** Undoes the changes of a journal, the last one first. */
    public static RepairSummary of(Path journal) throws IOException {
        List<JournalEntry> entries = Journal.read(journal);
        Undo undo = new Undo(CanonicalPath.ofExisting(journal));
        try (TreeWriter editor = HostFiles.newWriter()) {
            for (JournalEntry entry : entries.reversed()) {
                switch (entry.kind()) {
                    case RESTAMPED, REPLACED, CREATED, TIME -> undo.undo(editor, entry);
                    case MADE -> undo.removeMade(editor, entry);
                    case BEGUN -> {}
                }
            }
        }
        return undo.total.summary();
    }

    /** Removes a directory that the repair made; one that others use by now, or that is gone, is nobody's trouble. */
    private void removeMade(TreeWriter editor, JournalEntry entry) {
        try {
            try (OpenFile parent = editor.openRoot(entry.directory())) {
                editor.removeDirectory(parent, entry.name());
            }
        } catch (SystemCallException refused) {
            Errno errno = refused.errno();
            if (!errno.isAbsence() && !errno.equals(Errno.ENOTEMPTY) && !errno.equals(Errno.EEXIST)) {
                total.addUnrepaired(shown(entry), SkipReason.REFUSED, String.valueOf(refused.getMessage()));
            }
        }
    }

    private void undo(TreeWriter editor, JournalEntry entry) {
        total.addSeen(1);
        try {
            try (OpenFile directory = editor.openRoot(entry.directory())) {
                undo(editor, directory, entry);
            }
        } catch (SystemCallException refused) {
            if (isGone(entry, refused)) {
                total.addLeft(SkipReason.AS_WANTED);
                return;
            }
            SkipReason why = refused.errno().isAbsence() ? SkipReason.CHANGING : SkipReason.REFUSED;
            total.addUnrepaired(shown(entry), why, String.valueOf(refused.getMessage()));
        }
    }

    /** Whether a file that the repair made is gone already, perhaps with its directory. */
    private static boolean isGone(JournalEntry entry, SystemCallException refused) {
        return entry.kind() == JournalEntry.Kind.CREATED && refused.errno().equals(Errno.ENOENT);
    }

    private void undo(TreeWriter editor, OpenFile directory, JournalEntry entry) throws SystemCallException {
        try (OpenFile file = editor.open(directory, entry.name(), entry.isInPlace())) {
            FileFacts facts = editor.stat(file);
            if (!facts.regular()) {
                total.addUnrepaired(shown(entry), SkipReason.CHANGING, "no file any more");
            } else if (isAsBefore(editor, file, facts, entry)) {
                total.addLeft(SkipReason.AS_WANTED);
            } else if (isAsRepaired(editor, file, facts, entry)) {
                putBack(editor, directory, file, facts, entry);
                total.addRestamped();
            } else {
                total.addUnrepaired(shown(entry), SkipReason.CHANGING, "changed since the repair");
            }
        }
    }

    private void putBack(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        if (entry.kind() == JournalEntry.Kind.CREATED) {
            editor.unlink(directory, entry.name());
            return;
        }
        if (entry.kind() == JournalEntry.Kind.TIME) {
            editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
            return;
        }
        if (entry.isInPlace()) {
            editor.overwrite(file, facts, entry.oldHead().toBytes());
            editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
            return;
        }
        if (putBack.containsKey(facts.identity())) {
            link(editor, directory, Objects.requireNonNull(putBack.get(facts.identity())), entry);
            return;
        }
        replace(editor, directory, file, facts, entry);
        if (facts.links() > 1) {
            putBack.put(facts.identity(), entry);
        }
    }

    /** What was one file with several names becomes one again. */
    private static void link(TreeWriter editor, OpenFile directory, JournalEntry first, JournalEntry entry)
            throws SystemCallException {
        RawPath temporary = PycWriter.temporary();
        try (OpenFile from = editor.openRoot(first.directory())) {
            editor.link(from, first.name(), directory, temporary);
        }
        editor.rename(directory, temporary, entry.name());
    }

    private void replace(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        RawPath temporary = PycWriter.temporary();
        try (OpenFile made = editor.create(directory, temporary)) {
            if (entry.kind() == JournalEntry.Kind.REPLACED) {
                SavedContents.copy(editor, journal, entry.keptAt(), before.size(), made);
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

    /** Whether a file is what it was before the repair, perhaps since an undo has put it back as a file of its own. */
    private static boolean isAsBefore(TreeWriter editor, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        return entry.kind() != JournalEntry.Kind.CREATED
                && FileState.of(facts.stamp())
                        .equals(entry.before().withInode(facts.stamp().inode()))
                && beginsWith(editor, file, entry.oldHead());
    }

    /** Whether it is what the repair made of it; in place also while the mtime was not yet set back, where it was killed. */
    private static boolean isAsRepaired(TreeWriter editor, OpenFile file, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState now = FileState.of(facts.stamp());
        boolean same = entry.isInPlace() ? now.isSameButForTime(entry.after()) : now.equals(entry.after());
        return same && beginsWith(editor, file, entry.newHead());
    }

    public static boolean beginsWith(TreeWriter editor, OpenFile file, HeaderBytes head) throws SystemCallException {
        return Arrays.equals(editor.read(file, head.length()), head.toBytes());
    }

    private static String shown(JournalEntry entry) {
        return entry.directory().resolve(entry.name()).shown();
    }
}
