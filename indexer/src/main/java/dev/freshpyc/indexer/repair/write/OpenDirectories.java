package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories that one writer holds open: the roots of the entries, and the directory that was used last. A directory is
 * opened from its root, and symbolic links on the way are followed by the rules of {@link TreeLinks}.
 */
final class OpenDirectories implements AutoCloseable {

    private final TreeWriter editor;
    private final TreeLinks links;
    private final Map<PathEntry, OpenFile> roots = new HashMap<>();
    private @Nullable OpenFile last;
    private @Nullable PathEntry lastEntry;
    private @Nullable RawPath lastPath;

    OpenDirectories(TreeWriter editor, TreeLinks links) {
        this.editor = editor;
        this.links = links;
    }

    /** An open directory; stays open until the next call. */
    OpenFile open(PathEntry entry, RawPath directory) throws SystemCallException, SkippedException {
        OpenFile known = last;
        if (known == null || lastPath == null || !directory.equals(lastPath) || !entry.equals(lastEntry)) {
            closeLast();
            known = walk(entry, directory);
            last = known;
            lastEntry = entry;
            lastPath = directory;
        }
        return known;
    }

    /** The open root of an entry. */
    OpenFile root(PathEntry entry) throws SystemCallException {
        @Nullable OpenFile known = roots.get(entry);
        if (known == null) {
            known = editor.openRoot(links.canonical(entry));
            roots.put(entry, known);
        }
        return known;
    }

    /** An open directory that the caller closes. */
    OpenFile walk(PathEntry entry, RawPath directory) throws SystemCallException, SkippedException {
        if (directory.isAbsolute()) { // under a cache prefix, or behind a link
            return editor.openRoot(directory);
        }
        try {
            return editor.openDirectory(root(entry), directory);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ELOOP) || refused.errno().equals(Errno.ENOTDIR)) {
                return links.directory(entry, directory);
            }
            throw refused;
        }
    }

    /** An open directory that no link leads to; the caller closes it. */
    OpenFile walkWithoutLinks(PathEntry entry, RawPath directory) throws SystemCallException {
        return directory.isAbsolute() ? editor.openRoot(directory) : editor.openDirectory(root(entry), directory);
    }

    private void closeLast() {
        if (last != null) {
            last.close();
            last = null;
            lastPath = null;
        }
    }

    /** Closes all directories; the next call opens them again. */
    @Override
    public void close() {
        closeLast();
        roots.values().forEach(OpenFile::close);
        roots.clear();
    }
}
