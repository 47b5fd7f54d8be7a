package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;

/** A RECORD that is open with its directory. No link leads to it, and it is a regular file. */
final class OpenRecord implements AutoCloseable {

    /** The most bytes of a RECORD that is changed: a hundred times the largest known. */
    private static final long MAX_SIZE = 16L * 1024 * 1024;

    private final TreeWriter editor;
    private final OpenFile directory;
    private final OpenFile file;
    private final FileFacts facts;

    private OpenRecord(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts) {
        this.editor = editor;
        this.directory = directory;
        this.file = file;
        this.facts = facts;
    }

    /**
     * Opens a RECORD.
     *
     * @param path absolute and without links
     * @param mayBreakLinks whether a RECORD with further names may be replaced, which leaves the other names to the old file
     * @throws SkippedException when the RECORD may not be replaced
     */
    static OpenRecord open(TreeWriter editor, RawPath path, boolean mayBreakLinks)
            throws SystemCallException, SkippedException {
        OpenFile directory = editor.openRoot(path.parent());
        try {
            require(editor.stat(directory, path.name())); // opening a device may have side effects
            OpenFile file = editor.open(directory, path.name(), false);
            try {
                FileFacts facts = editor.stat(file);
                require(facts);
                if (facts.links() > 1 && !mayBreakLinks) {
                    throw new SkippedException(SkipReason.LINKED_OUTSIDE, facts.links() + " names");
                }
                return new OpenRecord(editor, directory, file, facts);
            } catch (SystemCallException | SkippedException refused) {
                file.close();
                throw refused;
            }
        } catch (SystemCallException | SkippedException refused) {
            directory.close();
            throw refused;
        }
    }

    private static void require(FileFacts facts) throws SkippedException {
        if (!facts.regular()) {
            throw new SkippedException(SkipReason.UNREADABLE, "not a regular file");
        }
        if (facts.stamp().size() > MAX_SIZE) {
            throw new SkippedException(SkipReason.UNREADABLE, "larger than " + MAX_SIZE + " bytes");
        }
    }

    OpenFile directory() {
        return directory;
    }

    OpenFile file() {
        return file;
    }

    FileFacts facts() {
        return facts;
    }

    /** The whole content; the file must not change meanwhile. */
    byte[] read() throws SystemCallException, SkippedException {
        byte[] content = new byte[(int) facts.stamp().size()];
        int done = 0;
        while (done < content.length) {
            int read = editor.read(file, done, content, done, content.length - done);
            if (read <= 0) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            done += read;
        }
        if (!editor.stat(file).stamp().equals(facts.stamp())) {
            throw new SkippedException(SkipReason.CHANGING);
        }
        return content;
    }

    @Override
    public void close() {
        file.close();
        directory.close();
    }
}
