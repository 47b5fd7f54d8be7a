package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.linux.FileFacts;
import dev.freshpyc.indexer.fs.linux.LinuxTreeWriter;
import dev.freshpyc.indexer.repair.Undo;
import dev.freshpyc.indexer.repair.write.PycWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run that was killed has left: new files beside the old ones, and in place a file whose header is written and whose
 * mtime was not yet set back.
 */
public final class CrashCleanup {

    private final LinuxTreeWriter editor;

    private CrashCleanup(LinuxTreeWriter editor) {
        this.editor = editor;
    }

    /** Clears up after the run that wrote those entries, and is dead. */
    public static void clear(List<JournalEntry> entries) {
        try (LinuxTreeWriter editor = new LinuxTreeWriter()) {
            CrashCleanup aftermath = new CrashCleanup(editor);
            for (JournalEntry entry : entries.reversed()) { // directories after what is in them
                aftermath.clear(entry);
            }
        }
    }

    private void clear(JournalEntry entry) {
        try {
            int directory = editor.openRoot(entry.directory());
            try {
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
            } finally {
                editor.close(directory);
            }
        } catch (IOException gone) {
            // Another one clears up too, or the directory is gone.
        }
    }

    private void deleteNewFiles(int directory, String prefix) throws IOException {
        try (Stream<Path> names = Files.list(Path.of("/proc/self/fd/" + directory))) {
            for (Path file : names.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(prefix) && name.endsWith(PycWriter.TEMPORARY)) {
                    editor.unlink(directory, RawPath.of(name));
                }
            }
        }
    }

    /**
     * The kernel sets the mtime first when a file is written, and lets a killed process go before it has written a byte; so a
     * file may have its old header and no longer its mtime.
     */
    private void restoreTime(int directory, JournalEntry entry) throws IOException {
        int file = editor.open(directory, entry.name(), false);
        try {
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
        } finally {
            editor.close(file);
        }
    }
}
