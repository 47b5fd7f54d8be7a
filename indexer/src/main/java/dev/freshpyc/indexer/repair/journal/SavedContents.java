package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.JavaPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The old contents of the files that a run replaces, one behind the other in one file beside its journal: bytecode is small,
 * and a file of its own for each would cost more than what is in it.
 */
public final class SavedContents implements AutoCloseable {

    private final Path file;
    private final AtomicLong end = new AtomicLong();
    private @Nullable OpenFile open;

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
    public long add(TreeWriter editor, OpenFile old, long size) throws IOException {
        OpenFile into = opened(editor);
        long at = end.getAndAdd(size);
        editor.copyPart(old, 0, into, at, size);
        return at;
    }

    /**
     * Fills a new file with what was kept there.
     *
     * @param journal absolute, without links
     */
    public static void copy(TreeWriter editor, Path journal, long at, long size, OpenFile target)
            throws SystemCallException {
        Path kept = beside(journal);
        try (OpenFile directory = openParent(editor, kept)) {
            try (OpenFile from = editor.open(directory, name(kept), false)) {
                editor.copyPart(from, at, target, 0, size);
            }
        }
    }

    /** Waits until all of it is on the disk. */
    public synchronized void force() throws SystemCallException {
        if (open != null) {
            try (TreeWriter editor = HostFiles.newWriter()) {
                editor.force(open);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private synchronized OpenFile opened(TreeWriter editor) throws IOException {
        OpenFile known = open;
        if (known == null) {
            Path real = CanonicalPath.ofExisting(file.resolveSibling(".")).resolve(file.getFileName());
            try (OpenFile directory = openParent(editor, real)) {
                known = editor.create(directory, name(file));
                open = known;
            }
        }
        return known;
    }

    private static OpenFile openParent(TreeWriter editor, Path kept) throws SystemCallException {
        return editor.openRoot(JavaPath.toRaw(Objects.requireNonNull(kept.getParent())));
    }

    private static RawPath name(Path kept) {
        return RawPath.of(String.valueOf(kept.getFileName()));
    }
}
