package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.Undo;
import dev.freshpyc.indexer.repair.write.PycWriter;
import java.io.IOException;
import java.util.List;

/**
 * What a run that was killed has left: new files beside the old ones, and in place a file whose header is written and whose
 * mtime was not yet set back.
 */
public final class CrashCleanup {

    private final TreeWriter editor;

    private CrashCleanup(TreeWriter editor) {
        this.editor = editor;
    }

    /** Clears up after the run that wrote those entries, and is dead. */
    public static void clear(List<JournalEntry> entries) {
        try (TreeWriter editor = HostFiles.newWriter()) {
            CrashCleanup aftermath = new CrashCleanup(editor);
            for (JournalEntry entry : entries.reversed()) { // directories after what is in them
                aftermath.clear(entry);
            }
        }
    }

    private void clear(JournalEntry entry) {
        try {
            try (OpenFile directory = editor.openRoot(entry.directory())) {
                switch (entry.kind()) {
                    case BEGUN -> deleteNewFiles(directory, entry.temporary().toPython());
                    case MADE -> editor.removeDirectory(directory, entry.name()); // refused where something is in it
                    case RESTAMPED -> {
                        if (entry.isInPlace()) {
                            restoreTime(directory, entry);
                        }
                    }
                    case REPLACED, CREATED, TIME -> {}
                }
            }
        } catch (IOException gone) {
            // Another one clears up too, or the directory is gone.
        }
    }

    private void deleteNewFiles(OpenFile directory, String prefix) throws IOException {
        for (RawPath name : editor.list(directory)) {
            if (name.toPython().startsWith(prefix) && name.endsWith(PycWriter.TEMPORARY)) {
                editor.unlink(directory, name);
            }
        }
    }

    /**
     * The kernel sets the mtime first when a file is written, and lets a killed process go before it has written a byte; so a
     * file may have its old header and no longer its mtime.
     */
    private void restoreTime(OpenFile directory, JournalEntry entry) throws IOException {
        try (OpenFile file = editor.open(directory, entry.name(), false)) {
            FileFacts facts = editor.stat(file);
            FileState now = FileState.of(facts.stamp());
            FileState after = entry.after();
            if (facts.regular()
                    && !now.equals(after)
                    && now.isSameButForTime(after)
                    && (Undo.beginsWith(editor, file, entry.newHead())
                            || Undo.beginsWith(editor, file, entry.oldHead()))) {
                editor.setMtime(file, after.mtimeSeconds(), after.mtimeNanos());
            }
        }
    }
}
