package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.HeadBytes;
import dev.freshpyc.core.repair.Left;
import dev.freshpyc.indexer.libc.FileEditor;
import dev.freshpyc.indexer.libc.FileFacts;
import dev.freshpyc.indexer.libc.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Puts back what one repair changed. A file that is not any more what the repair made of it is left alone, so that no later
 * work is lost; one that the repair did not come to is right already.
 */
public final class Undo {

    private final RepairTotal total = new RepairTotal();

    private final RawPath kept;

    private Undo(RawPath kept) {
        this.kept = kept;
    }

    /** Undoes the changes of a journal, the last one first. */
    public static RepairSummary of(Path journal) throws IOException {
        List<JournalEntry> entries = Journal.read(journal);
        Undo undo =
                new Undo(RawPath.of(Journal.keptBeside(journal).toAbsolutePath().toString()));
        try (FileEditor editor = new FileEditor()) {
            for (JournalEntry entry : entries.reversed()) {
                undo.undo(editor, entry);
            }
        }
        return undo.total.summary();
    }

    /** Deletes the new files that a run which was killed has left beside the old ones. */
    static void cleanUp(List<JournalEntry> entries) {
        try (FileEditor editor = new FileEditor()) {
            for (JournalEntry entry : entries) {
                if (entry.temporary().endsWith(Rewriter.TEMPORARY)) {
                    delete(editor, entry);
                }
            }
        }
    }

    private static void delete(FileEditor editor, JournalEntry entry) {
        try {
            int directory = editor.openRoot(entry.directory());
            try {
                editor.unlink(directory, entry.temporary());
            } finally {
                editor.close(directory);
            }
        } catch (SystemCallException gone) {
            // It took the old file's place, or its directory is gone.
        }
    }

    private void undo(FileEditor editor, JournalEntry entry) {
        total.addSeen(1);
        try {
            int directory = editor.openRoot(entry.directory());
            try {
                undo(editor, directory, entry);
            } finally {
                editor.close(directory);
            }
        } catch (SystemCallException refused) {
            Left why = refused.errno().isAbsence() ? Left.CHANGING : Left.REFUSED;
            total.addUnrepaired(shown(entry), why, String.valueOf(refused.getMessage()));
        }
    }

    private void undo(FileEditor editor, int directory, JournalEntry entry) throws SystemCallException {
        boolean inPlace =
                entry.kind() == JournalEntry.Kind.RESTAMPED && entry.temporary().equals(RawPath.EMPTY);
        int file = editor.open(directory, entry.name(), inPlace);
        try {
            FileFacts facts = editor.stat(file);
            byte[] head = editor.read(file, entry.newHead().length());
            if (is(facts, head, entry.before(), entry.oldHead())) {
                total.addLeft(Left.AS_WANTED);
            } else if (is(facts, head, entry.after(), entry.newHead())) {
                putBack(editor, directory, file, facts, entry);
                total.addRestamped();
            } else {
                total.addUnrepaired(shown(entry), Left.CHANGING, "changed since the repair");
            }
        } finally {
            editor.close(file);
        }
    }

    private void putBack(FileEditor editor, int directory, int file, FileFacts facts, JournalEntry entry)
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
        if (entry.temporary().equals(RawPath.EMPTY)) {
            editor.overwrite(file, entry.oldHead().toBytes());
            editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
            return;
        }
        RawPath temporary = Rewriter.temporary();
        int made = editor.create(directory, temporary);
        try {
            if (entry.kind() == JournalEntry.Kind.REPLACED) {
                copyKept(editor, entry, made);
            } else {
                editor.copy(file, made, facts.stamp().size(), entry.oldHead().toBytes());
            }
            editor.copyAttributes(file, facts, made);
            editor.setMtime(made, before.mtimeSeconds(), before.mtimeNanos());
            editor.force(made);
            editor.rename(directory, temporary, entry.name());
        } catch (SystemCallException refused) {
            editor.unlink(directory, temporary);
            throw refused;
        } finally {
            editor.close(made);
        }
    }

    private void copyKept(FileEditor editor, JournalEntry entry, int made) throws SystemCallException {
        int directory = editor.openRoot(kept);
        try {
            int old = editor.open(directory, entry.kept(), false);
            try {
                editor.copy(old, made, entry.before().size(), entry.oldHead().toBytes());
            } finally {
                editor.close(old);
            }
        } finally {
            editor.close(directory);
        }
    }

    private static boolean is(FileFacts facts, byte[] head, FileState state, HeadBytes expected) {
        return facts.regular() && FileState.of(facts.stamp()).equals(state) && Arrays.equals(head, expected.toBytes());
    }

    private static String shown(JournalEntry entry) {
        return entry.directory().resolve(entry.name()).shown();
    }
}
