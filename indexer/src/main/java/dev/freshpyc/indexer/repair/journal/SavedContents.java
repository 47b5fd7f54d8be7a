package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.linux.LinuxTreeWriter;
import dev.freshpyc.indexer.fs.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The old contents of the files that a run replaces, one behind the other in one file beside its journal: bytecode is small,
 * and a file of its own for each would cost more than what is in it.
 */
public final class SavedContents implements AutoCloseable {

    private static final int UNOPENED = -1;

    private final Path file;
    private final AtomicLong end = new AtomicLong();
    private int descriptor = UNOPENED;

    /** What that journal's run will keep; there is no file until it keeps something. */
    public SavedContents(Path journal) {
        this.file = beside(journal);
    }

    /** Where the contents lie that a journal tells of. */
    public static Path beside(Path journal) {
        Path finished = JournalDirectory.finished(journal);
        return finished.resolveSibling(finished.getFileName() + ".kept");
    }

    /** How many bytes a journal's run has kept. */
    public static long size(Path journal) throws IOException {
        Path kept = beside(journal);
        return Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS) ? Files.size(kept) : 0;
    }

    /** Keeps the whole of an open file; returns where, as {@link #copy} wants it. Safe after {@link #force}. */
    public long add(LinuxTreeWriter editor, int old, long size) throws IOException {
        int into = opened(editor);
        long at = end.getAndAdd(size);
        editor.copyPart(old, 0, into, at, size);
        return at;
    }

    /**
     * Fills a new file with what was kept there.
     *
     * @param journal absolute, without links
     */
    public static void copy(LinuxTreeWriter editor, Path journal, long at, long size, int target)
            throws SystemCallException {
        Path kept = beside(journal);
        int directory = openParent(editor, kept);
        try {
            int from = editor.open(directory, name(kept), false);
            try {
                editor.copyPart(from, at, target, 0, size);
            } finally {
                editor.close(from);
            }
        } finally {
            editor.close(directory);
        }
    }

    /** Waits until all of it is on the disk. */
    public synchronized void force() throws SystemCallException {
        if (descriptor != UNOPENED) {
            try (LinuxTreeWriter editor = new LinuxTreeWriter()) {
                editor.force(descriptor);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (descriptor != UNOPENED) {
            try (LinuxTreeWriter editor = new LinuxTreeWriter()) {
                editor.close(descriptor);
            }
            descriptor = UNOPENED;
        }
    }

    private synchronized int opened(LinuxTreeWriter editor) throws IOException {
        if (descriptor == UNOPENED) {
            Path real = file.resolveSibling(".").toRealPath().resolve(file.getFileName());
            int directory = openParent(editor, real);
            try {
                descriptor = editor.create(directory, name(file));
            } finally {
                editor.close(directory);
            }
        }
        return descriptor;
    }

    private static int openParent(LinuxTreeWriter editor, Path kept) throws SystemCallException {
        return editor.openRoot(RawPath.of(String.valueOf(kept.getParent())));
    }

    private static RawPath name(Path kept) {
        return RawPath.of(String.valueOf(kept.getFileName()));
    }
}
