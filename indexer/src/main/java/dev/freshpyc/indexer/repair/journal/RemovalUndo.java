package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Puts back files and directories that a clean removed. A name that another file has taken since stays with that file.
 * A pyc whose source has changed is not put back.
 */
final class RemovalUndo {

    static final String TAKEN = "another file has the name now";

    private final TreeWriter editor;
    private final Path journal;
    private final PutBackFiles files;
    private final SourceContents sources;
    private final BiConsumer<JournalEntry, Effect> report;

    /** @param report gets what became of each file that is not handed to {@code files} */
    RemovalUndo(
            TreeWriter editor,
            Path journal,
            PutBackFiles files,
            SourceContents sources,
            BiConsumer<JournalEntry, Effect> report) {
        this.editor = editor;
        this.journal = journal;
        this.files = files;
        this.sources = sources;
        this.report = report;
    }

    /** Makes a removed directory again, unless there is one. The files that were in it come after it, in the reversed journal. */
    void makeAgain(JournalEntry entry) {
        try (OpenFile parent = editor.openRoot(entry.directory())) {
            editor.makeDirectory(parent, entry.name(), 0700);
            try (OpenFile made = editor.openDirectory(parent, entry.name());
                    OpenFile beside = editor.openRoot(JournalName.directory(journal));
                    OpenFile kept = editor.openDirectory(beside, entry.keptLink())) {
                editor.copyAttributes(kept, editor.stat(kept), made, editor.stat(made));
            }
        } catch (IOException refused) {
            boolean there =
                    refused instanceof SystemCallException call && call.errno().equals(Errno.EEXIST);
            if (!there) {
                report.accept(entry, new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage())));
            }
        }
    }

    /** Puts a removed file back, or hands it to those that are put back together. */
    void putBack(OpenFile directory, JournalEntry entry) throws SystemCallException {
        try {
            FileFacts facts = editor.stat(directory, entry.name());
            FileState before = entry.before();
            boolean same = facts.regular() && FileState.of(facts.stamp()).isCopyOf(before);
            report.accept(
                    entry,
                    same ? new Effect.Skipped(SkipReason.AS_WANTED) : new Effect.Failed(SkipReason.CHANGING, TAKEN));
            return;
        } catch (SystemCallException absent) {
            if (!absent.errno().equals(Errno.ENOENT)) {
                throw absent;
            }
        }
        if (sources.hasChanged(entry)) {
            report.accept(
                    entry,
                    new Effect.Failed(
                            SkipReason.CHANGING,
                            "its source changed since the clean, so the old bytecode may be wrong"));
            return;
        }
        try {
            files.prepareRemoved(directory, entry);
        } catch (SystemCallException refused) {
            String kept = "the kept file " + entry.keptLink().shown() + " is gone or was changed";
            report.accept(
                    entry,
                    refused.errno().isAbsence() || refused.errno().equals(Errno.ESTALE)
                            ? new Effect.Failed(SkipReason.REFUSED, kept)
                            : Undo.failure(refused));
        } catch (IOException refused) {
            report.accept(entry, new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage())));
        }
    }

    /**
     * Removes the kept link of a restored file when the restored name is on the disk. A repair would leave the file
     * alone as long as it has a name outside its tree.
     */
    void dropKept(JournalEntry entry) {
        try (OpenFile directory = editor.openRoot(entry.directory());
                OpenFile beside = editor.openRoot(JournalName.directory(journal))) {
            RawPath kept = entry.keptLink();
            if (editor.stat(directory, entry.name())
                    .identity()
                    .equals(editor.stat(beside, kept).identity())) {
                editor.unlink(beside, kept);
            }
        } catch (IOException gone) {
            // The file is not back, or the link is gone. Deleting the journal deletes the links that are left.
        }
    }
}
