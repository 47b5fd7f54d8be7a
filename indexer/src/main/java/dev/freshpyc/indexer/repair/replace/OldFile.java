package dev.freshpyc.indexer.repair.replace;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.SkippedException;

/** A file that is to be replaced, open with its directory. No link leads to it, and it is a regular file. */
public final class OldFile implements AutoCloseable {

    private final TreeWriter editor;
    private final OpenFile directory;
    private final OpenFile file;
    private final FileFacts facts;

    private OldFile(TreeWriter editor, OpenFile directory, OpenFile file, FileFacts facts) {
        this.editor = editor;
        this.directory = directory;
        this.file = file;
        this.facts = facts;
    }

    /**
     * Opens a file.
     *
     * @param path absolute and without links
     * @param mayBreakLinks whether a file with further names may be replaced, which leaves the other names to the old file
     * @param most the most bytes that the file may have
     * @throws SkippedException when the file may not be replaced
     */
    public static OldFile open(TreeWriter editor, RawPath path, boolean mayBreakLinks, long most)
            throws SystemCallException, SkippedException {
        OpenFile directory = editor.openRoot(path.parent());
        try {
            require(editor.stat(directory, path.name()), most); // opening a device may have side effects
            OpenFile file = editor.open(directory, path.name(), false);
            try {
                FileFacts facts = editor.stat(file);
                require(facts, most);
                if (facts.links() > 1 && !mayBreakLinks) {
                    throw new SkippedException(SkipReason.LINKED_OUTSIDE, facts.links() + " names");
                }
                return new OldFile(editor, directory, file, facts);
            } catch (SystemCallException | SkippedException refused) {
                file.close();
                throw refused;
            }
        } catch (SystemCallException | SkippedException refused) {
            directory.close();
            throw refused;
        }
    }

    private static void require(FileFacts facts, long most) throws SkippedException {
        if (!facts.regular()) {
            throw new SkippedException(SkipReason.UNREADABLE, "not a regular file");
        }
        if (facts.stamp().size() > most) {
            throw new SkippedException(SkipReason.UNREADABLE, "larger than " + most + " bytes");
        }
    }

    public OpenFile directory() {
        return directory;
    }

    public OpenFile file() {
        return file;
    }

    public FileFacts facts() {
        return facts;
    }

    /** The whole content; the file must not change meanwhile. */
    public byte[] read() throws SystemCallException, SkippedException {
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
