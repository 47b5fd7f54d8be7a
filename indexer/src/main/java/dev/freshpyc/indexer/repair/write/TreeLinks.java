package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows symbolic links for one writer as far as they stay inside the root directory where the user named one, otherwise inside the
 * entry. The target of a link is looked up first, and then opened from the top without following links: the opened file lies inside
 * whatever another process does meanwhile.
 */
final class TreeLinks implements AutoCloseable {

    private final TreeWriter editor;
    private final Optional<RawPath> root;
    private final Map<RawPath, OpenFile> tops = new HashMap<>();

    TreeLinks(TreeWriter editor, Optional<RawPath> root) {
        this.editor = editor;
        this.root = root;
    }

    /** A name that is no link, in an open directory, which the caller closes. */
    record Target(OpenFile directory, RawPath name) implements AutoCloseable {

        @Override
        public void close() {
            directory.close();
        }
    }

    /** The canonical path of an entry. An entry in another root has such a path already. */
    RawPath canonical(PathEntry entry) {
        return root.isPresent() ? entry.path() : CanonicalPath.of(entry.path());
    }

    /** The file that a path below an entry leads to. */
    Target file(PathEntry entry, RawPath below) throws SystemCallException, SkippedException {
        RawPath inside = inside(entry, below);
        return new Target(editor.openDirectory(top(entry), inside.parent()), inside.name());
    }

    /** The directory that a path below an entry leads to. */
    OpenFile directory(PathEntry entry, RawPath below) throws SystemCallException, SkippedException {
        return editor.openDirectory(top(entry), inside(entry, below));
    }

    /** The target of a path, relative to the top. */
    private RawPath inside(PathEntry entry, RawPath below) throws SystemCallException, SkippedException {
        RawPath path = below.isAbsolute() ? below : canonical(entry).resolve(below);
        RawPath top = root.orElse(canonical(entry));
        RawPath found = root.isPresent()
                ? editor.resolveInRoot(top, path.relativeTo(top).orElse(RawPath.EMPTY))
                : editor.follow(top(entry), path);
        if (found.equals(top)) {
            return RawPath.EMPTY;
        }
        return found.relativeTo(top)
                .orElseThrow(() -> new SkippedException(SkipReason.LINK, below.shown() + " leads to " + found.shown()));
    }

    private OpenFile top(PathEntry entry) throws SystemCallException {
        RawPath path = root.orElse(canonical(entry));
        @Nullable OpenFile known = tops.get(path);
        if (known == null) {
            known = editor.openRoot(path);
            tops.put(path, known);
        }
        return known;
    }

    @Override
    public void close() {
        tops.values().forEach(OpenFile::close);
    }
}
