package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The old contents of the files that a run replaces, one after the other in one file beside the journal: pycs are small, and
 * a file for each would cost more than its contents.
 */
final class OldContents implements AutoCloseable {

    private final Path file;
    private final AtomicLong end = new AtomicLong();
    private @Nullable OpenFile opened;

    /** The contents that the run of that journal will keep; the file is made when the first content is added. */
    OldContents(Path journal) {
        this.file = JournalName.kept(journal);
    }

    /** Adds the whole of an open file; returns the position, in bytes, that {@link #copy} takes. Safe after {@link #force}. */
    long add(TreeWriter editor, OpenFile old, long size) throws IOException {
        OpenFile into = opened(editor);
        long at = end.getAndAdd(size);
        editor.copyPart(old, 0, into, at, size);
        return at;
    }

    /**
     * Fills a new file with the content at a position.
     *
     * @param journal absolute, without links
     */
    static void copy(TreeWriter editor, Path journal, long at, long size, OpenFile target) throws SystemCallException {
        Path kept = JournalName.kept(journal);
        try (OpenFile directory = openParent(editor, kept)) {
            try (OpenFile from = editor.open(directory, name(kept), false)) {
                editor.copyPart(from, at, target, 0, size);
            }
        }
    }

    /** Waits until all contents are on the disk. */
    synchronized void force() throws SystemCallException {
        if (opened != null) {
            try (TreeWriter editor = HostFiles.newWriter()) {
                editor.force(opened);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    private synchronized OpenFile opened(TreeWriter editor) throws IOException {
        OpenFile known = opened;
        if (known == null) {
            Path real = CanonicalPath.ofExisting(file.resolveSibling(".")).resolve(file.getFileName());
            try (OpenFile directory = openParent(editor, real)) {
                known = editor.create(directory, name(file));
                opened = known;
            }
        }
        return known;
    }

    private static OpenFile openParent(TreeWriter editor, Path kept) throws SystemCallException {
        return editor.openRoot(JavaPath.toRaw(kept.toAbsolutePath()).parent());
    }

    private static RawPath name(Path kept) {
        return RawPath.of(String.valueOf(kept.getFileName()));
    }
}
