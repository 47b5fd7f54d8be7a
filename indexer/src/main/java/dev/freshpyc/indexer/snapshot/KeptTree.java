package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Holds one directory of a path entry open at a time, since files come in the order of their directories. No symbolic link is followed,
 * since its target need not belong to the tree.
 */
final class KeptTree implements AutoCloseable {

    private final RawPath entry;
    private final TreeWriter editor;
    private final OpenFile top;
    private RawPath path = RawPath.EMPTY;
    private @Nullable OpenFile directory;

    /** @param entry absolute and without links */
    KeptTree(RawPath entry, TreeWriter editor) throws SystemCallException {
        this.entry = entry;
        this.editor = editor;
        this.top = editor.openRoot(entry);
    }

    RawPath entry() {
        return entry;
    }

    /** The open directory with that path below the entry; valid until the next call. */
    OpenFile directory(RawPath wanted) throws SystemCallException {
        OpenFile known = directory;
        if (known != null && wanted.equals(path)) {
            return known;
        }
        OpenFile opened = editor.openDirectory(top, wanted);
        forget();
        path = wanted;
        directory = opened;
        return opened;
    }

    private void forget() {
        if (directory != null) {
            directory.close();
        }
        directory = null;
    }

    @Override
    public void close() {
        forget();
        top.close();
    }
}
