package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whole files beside a journal, each under a name of its own: a hard link of the old file where that can be made, which keeps
 * everything and takes no room, otherwise a copy with owner, permissions, extended attributes and mtime.
 */
final class KeptFiles implements AutoCloseable {

    private final Path journal;
    private final AtomicInteger count = new AtomicInteger();
    private @Nullable OpenFile opened;
    private boolean linked;
    private boolean copied;

    KeptFiles(Path journal) {
        this.journal = journal;
    }

    /** Keeps a hard link of a file; returns the link's name. */
    RawPath link(TreeWriter editor, OpenFile directory, RawPath name) throws IOException {
        RawPath kept = JournalName.link(journal, count.getAndIncrement());
        editor.link(directory, name, beside(editor), kept);
        return kept;
    }

    /**
     * Keeps a regular file; returns the name of the link or copy.
     *
     * @throws SystemCallException of {@code ESTALE} where the file is not the one that was seen
     */
    RawPath keep(TreeWriter editor, OpenFile directory, RawPath name, FileStamp seen) throws IOException {
        try {
            return linkSeen(editor, directory, name, seen);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ESTALE)) {
                throw refused;
            }
            return copy(editor, directory, name, seen);
        }
    }

    /** Keeps an empty directory with the attributes of one that will be removed; returns its name. */
    RawPath keepDirectory(TreeWriter editor, OpenFile directory) throws IOException {
        RawPath kept = JournalName.link(journal, count.getAndIncrement());
        editor.makeDirectory(beside(editor), kept, 0700);
        try (OpenFile made = editor.openDirectory(beside(editor), kept)) {
            editor.copyAttributes(directory, editor.stat(directory), made, editor.stat(made));
        }
        note(true);
        return kept;
    }

    private RawPath linkSeen(TreeWriter editor, OpenFile directory, RawPath name, FileStamp seen) throws IOException {
        RawPath kept = link(editor, directory, name);
        if (!FileState.isSeen(editor.stat(beside(editor), kept), seen)) {
            throw dropped(editor, kept, stale());
        }
        note(false);
        return kept;
    }

    private RawPath copy(TreeWriter editor, OpenFile directory, RawPath name, FileStamp seen) throws IOException {
        RawPath kept = JournalName.link(journal, count.getAndIncrement());
        try (OpenFile from = editor.open(directory, name, false)) {
            FileFacts facts = editor.stat(from);
            if (!FileState.isSeen(facts, seen)) {
                throw stale();
            }
            try (OpenFile copy = editor.create(beside(editor), kept)) {
                editor.copyPart(from, 0, copy, 0, seen.size());
                editor.copyAttributes(from, facts, copy, editor.stat(copy));
                editor.setMtime(copy, seen.mtimeSeconds(), seen.mtimeNanos());
            } catch (SystemCallException refused) {
                throw dropped(editor, kept, refused);
            }
            if (!FileState.isSeen(editor.stat(from), seen)) {
                throw dropped(editor, kept, stale());
            }
        }
        note(true);
        return kept;
    }

    private static SystemCallException stale() {
        return new SystemCallException("keep", Errno.ESTALE);
    }

    /** Removes what was kept of a file that stays; returns the reason to throw. */
    private SystemCallException dropped(TreeWriter editor, RawPath kept, SystemCallException reason)
            throws IOException {
        try {
            editor.unlink(beside(editor), kept);
        } catch (SystemCallException stays) {
            // It is removed with the journal.
        }
        return reason;
    }

    /**
     * Makes a removed file anew: a link of the kept file, or a copy of it on another file system.
     *
     * @param journal absolute, without links
     * @param name a new name in {@code directory}
     * @throws SystemCallException of {@code ESTALE} where the kept file is not the removed one
     */
    static void restore(TreeWriter editor, Path journal, JournalEntry entry, OpenFile directory, RawPath name)
            throws IOException {
        FileState before = entry.before();
        try (OpenFile beside = editor.openRoot(JournalName.directory(journal))) {
            FileFacts facts = editor.stat(beside, entry.keptLink());
            boolean same = facts.regular() && FileState.of(facts.stamp()).isCopyOf(before);
            if (!same) {
                throw new SystemCallException("restore", Errno.ESTALE);
            }
            try {
                editor.link(beside, entry.keptLink(), directory, name);
            } catch (SystemCallException otherFileSystem) {
                try (OpenFile kept = editor.open(beside, entry.keptLink(), false)) {
                    copyBack(editor, kept, facts, directory, name);
                }
            }
        }
    }

    private static void copyBack(TreeWriter editor, OpenFile kept, FileFacts facts, OpenFile directory, RawPath name)
            throws SystemCallException {
        FileStamp stamp = facts.stamp();
        try (OpenFile made = editor.create(directory, name)) {
            editor.copyPart(kept, 0, made, 0, stamp.size());
            editor.copyAttributes(kept, facts, made, editor.stat(made));
            editor.setMtime(made, stamp.mtimeSeconds(), stamp.mtimeNanos());
        } catch (SystemCallException refused) {
            editor.unlink(directory, name);
            throw refused;
        }
    }

    private synchronized void note(boolean isCopy) {
        linked |= !isCopy;
        copied |= isCopy;
    }

    /** Waits until all files that were kept so far are on the disk. */
    synchronized void force() throws IOException {
        OpenFile directory = opened;
        if (directory != null && (linked || copied)) {
            try (TreeWriter editor = HostFiles.newWriter()) {
                if (copied) {
                    editor.forceFileSystem(directory);
                } else {
                    editor.force(directory); // a link is an entry of the directory and no more
                }
            }
        }
        linked = false;
        copied = false;
    }

    private synchronized OpenFile beside(TreeWriter editor) throws IOException {
        OpenFile known = opened;
        if (known == null) {
            known = editor.openRoot(JournalName.directory(journal));
            opened = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
