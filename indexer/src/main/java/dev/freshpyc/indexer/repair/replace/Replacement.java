package dev.freshpyc.indexer.repair.replace;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.TemporaryName;
import java.io.IOException;

/**
 * A new file beside the old file that it will replace, with the old file's owner, permissions and attributes. The journal has the old
 * contents and an entry about the replacement.
 *
 * @param path of the old file: absolute and without links
 * @param temporary the name of the new file
 * @param seen the old file's stamp
 */
public record Replacement(RawPath path, RawPath temporary, FileStamp seen) {

    /** Writes the contents of the new file. */
    @FunctionalInterface
    public interface Filling {
        /** Writes the contents into an empty file. */
        void fill(OpenFile made) throws IOException, SkippedException;
    }

    /** Makes the new file. */
    public static Replacement prepare(
            TreeWriter editor, Journal journal, Durability durability, RawPath path, OldFile old, Filling filling)
            throws IOException, SkippedException {
        journal.begin(path.parent(), true);
        FileStamp seen = old.facts().stamp();
        long keptAt = journal.keep(editor, old.file(), seen.size());
        RawPath temporary = TemporaryName.next();
        FileState made;
        HeaderBytes newHead;
        try (OpenFile fresh = editor.createLike(old.directory(), temporary, old.facts())) {
            filling.fill(fresh);
            editor.copyAttributes(old.file(), old.facts(), fresh, editor.stat(fresh));
            if (durability != Durability.NONE) {
                editor.force(fresh);
            }
            made = FileState.of(editor.stat(fresh).stamp());
            newHead = head(editor, fresh);
        } catch (IOException | SkippedException refused) {
            discard(editor, old.directory(), temporary);
            throw refused;
        }
        journal.add(JournalEntry.replaced(
                path.parent(),
                path.name(),
                temporary,
                FileState.of(seen),
                made,
                head(editor, old.file()),
                newHead,
                keptAt));
        return new Replacement(path, temporary, seen);
    }

    /**
     * Gives the new file the name of the old one.
     *
     * @throws SkippedException when the name now belongs to another file
     */
    public void commit(TreeWriter editor, Durability durability) throws SystemCallException, SkippedException {
        try (OpenFile directory = editor.openRoot(path.parent())) {
            FileFacts now = editor.stat(directory, path.name());
            if (!now.regular() || !now.stamp().equals(seen)) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            editor.rename(directory, temporary, path.name());
            if (durability != Durability.NONE) {
                editor.force(directory);
            }
        }
    }

    /** Deletes the new file. */
    public void discard(TreeWriter editor) {
        try (OpenFile directory = editor.openRoot(path.parent())) {
            discard(editor, directory, temporary);
        } catch (SystemCallException gone) {
            // The next run finds the directory in the journal and deletes the file.
        }
    }

    private static void discard(TreeWriter editor, OpenFile directory, RawPath temporary) {
        try {
            editor.unlink(directory, temporary);
        } catch (SystemCallException gone) {
            // The next run deletes the file.
        }
    }

    private static HeaderBytes head(TreeWriter editor, OpenFile file) throws SystemCallException {
        byte[] begin = editor.read(file, HeaderLayout.MAX_LENGTH);
        return HeaderBytes.of(begin, begin.length);
    }
}
