package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.Removal;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes {@code __pycache__} directories that are empty after a removal, for one thread. A directory is given as the removal of any
 * file in it. The system removes no directory that holds a file, so that a file which another process makes meanwhile is safe.
 */
public final class EmptyDirectories implements AutoCloseable {

    private final OpenTree tree;
    private final TreeWriter editor;
    private final EntryRoots roots = new EntryRoots();
    private final OutcomeTally tally;

    /** @param root the root directory of the system that the tree belongs to; empty for this system */
    public EmptyDirectories(Optional<RawPath> root, OutcomeTally tally) {
        this.tree = new OpenTree(root);
        this.editor = tree.editor();
        this.tally = tally;
    }

    /** Whether a directory will be empty when {@code files} files are removed from it. */
    public boolean willBeEmpty(Removal of, long files) {
        try (OpenFile directory =
                tree.withoutLinks(of.place().entry(), of.place().directory())) {
            return editor.list(directory).size() <= files;
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Lists directories in the journal, and removes them.
     *
     * @throws IOException when the journal cannot be written
     */
    public void remove(List<Removal> directories, Journal journal) throws IOException {
        List<Removal> empty = new ArrayList<>();
        for (Removal of : directories) {
            if (willBeEmpty(of, 0) && keep(of, journal)) {
                empty.add(of);
            }
        }
        if (!empty.isEmpty()) {
            journal.secure(Durability.BATCH);
            empty.forEach(this::remove);
        }
    }

    private boolean keep(Removal of, Journal journal) throws IOException {
        RawPath kept;
        try (OpenFile directory =
                tree.withoutLinks(of.place().entry(), of.place().directory())) {
            kept = journal.keepDirectory(editor, directory);
        } catch (SystemCallException refused) {
            fail(of, refused);
            return false;
        }
        journal.add(JournalEntry.directoryRemoved(roots.directory(of.place()), kept));
        return true;
    }

    private void remove(Removal of) {
        RawPath path = of.place().directory();
        try (OpenFile parent = tree.withoutLinks(of.place().entry(), path.parent())) {
            editor.removeDirectory(parent, path.name());
            tally.add(of.directoryOutcome());
        } catch (SystemCallException refused) {
            fail(of, refused);
        }
    }

    /** Reports a directory that stays, unless another process uses it again or has removed it. */
    private void fail(Removal of, SystemCallException refused) {
        Errno errno = refused.errno();
        if (!errno.isAbsence() && !errno.equals(Errno.ENOTEMPTY) && !errno.equals(Errno.EEXIST)) {
            Effect effect = new Effect.Failed(SkipReason.REFUSED, String.valueOf(refused.getMessage()));
            Outcome removed = of.directoryOutcome();
            tally.add(new Outcome(
                    removed.entry(), removed.source(), removed.pyc(), removed.tag(), removed.level(), effect));
        }
    }

    @Override
    public void close() {
        tree.close();
    }
}
