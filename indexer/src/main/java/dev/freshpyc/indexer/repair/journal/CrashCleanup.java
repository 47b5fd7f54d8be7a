package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;

/**
 * Cleans up after a killed run: deletes the new files beside the old ones, and sets the mtime back of a file whose header was
 * being written in place.
 */
final class CrashCleanup {

    private final TreeWriter editor;

    private CrashCleanup(TreeWriter editor) {
        this.editor = editor;
    }

    /** Cleans up after the dead run that wrote those entries. */
    static void run(JournalEntries entries) throws IOException {
        try (TreeWriter editor = HostFiles.newWriter()) {
            entries.forEachReversed(new CrashCleanup(editor)::clean); // directories after what is in them
        }
    }

    private void clean(JournalEntry entry) {
        try {
            try (OpenFile directory = editor.openRoot(entry.directory())) {
                switch (entry.operation()) {
                    case BEGUN -> deleteNewFiles(directory, entry.temporary().toPython());
                    case MADE -> editor.removeDirectory(directory, entry.name()); // refused where something is in it
                    case RESTAMPED -> {
                        if (entry.isInPlace()) {
                            restoreTime(directory, entry);
                        }
                    }
                    case REPLACED, CREATED, LINK_REPLACED, TIME, REMOVED, DIRECTORY_REMOVED, TREE -> {}
                }
            }
        } catch (IOException gone) {
            // Another process cleans up as well, or the directory is gone.
        }
    }

    private void deleteNewFiles(OpenFile directory, String prefix) throws IOException {
        for (RawPath name : editor.list(directory)) {
            String text = name.toPython();
            if (text.startsWith(prefix) && text.endsWith(TemporaryName.SUFFIX)) {
                editor.unlink(directory, name);
            }
        }
    }

    /**
     * Sets the mtime of a file that was written in place. When a process is killed in write(2), the kernel may have set the mtime
     * and written no byte: then the file has its old header and another mtime.
     */
    private void restoreTime(OpenFile directory, JournalEntry entry) throws IOException {
        try (OpenFile file = editor.open(directory, entry.name(), false)) {
            FileFacts facts = editor.stat(file);
            FileState now = FileState.of(facts.stamp());
            FileState after = entry.after();
            if (facts.regular()
                    && !now.equals(after)
                    && now.isSameButForTime(after)
                    && (entry.isNewHeadOf(editor, file) || entry.isOldHeadOf(editor, file))) {
                editor.setMtime(file, after.mtimeSeconds(), after.mtimeNanos());
            }
        }
    }
}
