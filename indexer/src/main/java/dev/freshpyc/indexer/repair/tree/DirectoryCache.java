package dev.freshpyc.indexer.repair.tree;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Open directories for one worker: the roots of the entries, and the directory that was asked for last. Each is reached from
 * its root through names none of which may be a symbolic link.
 */
public final class DirectoryCache implements AutoCloseable {

    private final TreeWriter editor;
    private final Map<Integer, OpenFile> roots = new HashMap<>();
    private @Nullable OpenFile last;
    private int lastEntry;
    private @Nullable RawPath lastPath;

    public DirectoryCache(TreeWriter editor) {
        this.editor = editor;
    }

    /** The open directory, which stays open until another one is asked for. */
    public OpenFile open(PathEntry entry, RawPath directory) throws SystemCallException, SkippedException {
        @Nullable OpenFile known = last;
        if (known == null || lastPath == null || lastEntry != entry.index() || !directory.equals(lastPath)) {
            closeLast();
            known = walk(entry, directory);
            last = known;
            lastEntry = entry.index();
            lastPath = directory;
        }
        return known;
    }

    /** The open root of an entry. */
    public OpenFile root(PathEntry entry) throws SystemCallException {
        @Nullable OpenFile known = roots.get(entry.index());
        if (known == null) {
            known = editor.openRoot(CanonicalPath.of(entry.path()));
            roots.put(entry.index(), known);
        }
        return known;
    }

    /** A directory that the caller closes. */
    public OpenFile walk(PathEntry entry, RawPath directory) throws SystemCallException, SkippedException {
        if (directory.isAbsolute()) { // under a cache prefix
            return editor.openRoot(directory);
        }
        try {
            return editor.openDirectory(root(entry), directory);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ELOOP) || refused.errno().equals(Errno.ENOTDIR)) {
                throw new SkippedException(SkipReason.LINK);
            }
            throw refused;
        }
    }

    private void closeLast() {
        if (last != null) {
            last.close();
            last = null;
            lastPath = null;
        }
    }

    @Override
    public void close() {
        closeLast();
        roots.values().forEach(OpenFile::close);
    }
}
