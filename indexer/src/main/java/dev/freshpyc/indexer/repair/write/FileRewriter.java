package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FileChange.WholeFile;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.TemporaryName;
import dev.freshpyc.indexer.repair.write.LinkGroup.NewContent;
import java.io.IOException;
import java.util.Optional;

/** Writes pycs for one thread: makes new files beside the old ones, and later renames them onto the old ones. */
public final class FileRewriter implements AutoCloseable {

    private static final int NEW_FILE = 0666;
    private static final int OWNER_WRITES = 0200;

    private final OpenTree tree;
    private final TreeWriter editor;
    private final OldCode oldCode;
    private final Durability durability;
    private final WrittenFileSystems fileSystems;

    /**
     * A writer for this system, which keeps bodies that are their source's.
     *
     * @param fileSystems collects the file systems that are written to
     */
    public FileRewriter(Durability durability, WrittenFileSystems fileSystems) {
        this(durability, fileSystems, Optional.empty(), Bodies.KEEP);
    }

    /**
     * A writer.
     *
     * @param root the root directory of the system that the tree belongs to; empty for this system
     * @param bodies what the repair does with bodies that are their source's
     */
    public FileRewriter(Durability durability, WrittenFileSystems fileSystems, Optional<RawPath> root, Bodies bodies) {
        this.tree = new OpenTree(root);
        this.editor = tree.editor();
        this.oldCode = new OldCode(tree, root, bodies);
        this.durability = durability;
        this.fileSystems = fileSystems;
    }

    /** The open tree that this writer works on. */
    public OpenTree tree() {
        return tree;
    }

    /** Compares compiled code with the code that pycs have now. */
    OldCode oldCode() {
        return oldCode;
    }

    /** The facts of an old file with several names; empty for a file of one name and for a file that has changed. */
    Optional<FileFacts> factsIfLinked(FileChange change) throws SystemCallException, SkippedException {
        if (change.oldStamp().isEmpty() || change.hasOneName()) {
            return Optional.empty();
        }
        FileFacts facts =
                editor.stat(tree.cache(change.place()), change.place().pyc().name());
        boolean seen = facts.regular() && facts.stamp().equals(change.oldStamp().get());
        return seen && facts.links() > 1 ? Optional.of(facts) : Optional.empty();
    }

    /**
     * Makes the new file beside the old one.
     *
     * @param linked whether the old file's ctime may differ, since it was given another name after the plan was made
     */
    PreparedChange replace(NewContent content, boolean linked) throws SystemCallException, SkippedException {
        FileChange change = content.change();
        if (change.oldStamp().isEmpty()) {
            return create(change, content.body());
        }
        Optional<RawPath> link = link(change);
        try (OpenFile old = tree.open(change.place(), false)) {
            boolean whole = content.isWhole();
            FileFacts facts = whole ? tree.checked(change, old, linked) : tree.checkedByStamp(change, old, linked);
            RawPath name = TemporaryName.next();
            OpenFile directory = tree.cache(change.place());
            OpenFile fresh = editor.createLike(directory, name, facts);
            FileState after = filled(directory, name, fresh, made -> {
                FileFacts own = editor.stat(made);
                wroteTo(own, change.place());
                if (whole) {
                    editor.write(made, change.newHead().encode(), content.body());
                    copyAttributes(old, facts, made, own, "");
                    return FileState.of(editor.stat(made).stamp());
                }
                FileStamp stamp = facts.stamp();
                editor.copy(
                        old,
                        made,
                        stamp.size(),
                        change.oldHead().toBytes(),
                        change.newHead().encode());
                copyAttributes(old, facts, made, own, "; --write in-place writes no new file");
                editor.setMtime(made, stamp.mtimeSeconds(), stamp.mtimeNanos());
                return FileState.of(stamp).withInode(own.stamp().inode());
            });
            return new PreparedChange(change, Optional.of(name), link.isEmpty() && facts.links() > 1, link, after);
        }
    }

    /** The text of the symbolic link that the change replaces; empty where it replaces a file or nothing. */
    Optional<RawPath> link(FileChange change) throws SystemCallException, SkippedException {
        return change.hasOneName() ? Optional.empty() : tree.linkText(change.place());
    }

    /**
     * Makes a file where there is none, or only a link that leads to none, as the interpreter does: with the source's permissions to
     * read and write.
     */
    private PreparedChange create(FileChange change, byte[] body) throws SystemCallException, SkippedException {
        FileFacts source = tree.checkSource(change.place(), change.sourceStamp());
        tree.cacheMadeIfAbsent(change.place());
        RawPath name = TemporaryName.next();
        OpenFile directory = tree.cache(change.place());
        FileState after = filled(directory, name, editor.create(directory, name), made -> {
            editor.write(made, change.newHead().encode(), body);
            FileFacts own = editor.stat(made);
            wroteTo(own, change.place());
            if (own.user() != source.user() || own.group() != source.group()) {
                editor.setOwner(made, source.user(), source.group());
            }
            editor.setMode(made, (source.mode() | OWNER_WRITES) & NEW_FILE);
            return FileState.of(editor.stat(made).stamp());
        });
        return new PreparedChange(change, Optional.of(name), false, link(change), after);
    }

    /** Makes a hard link of the new file of another change, beside this change's old file. */
    PreparedChange link(PreparedChange first, FileChange change) throws SystemCallException, SkippedException {
        RawPath name = TemporaryName.next();
        try (OpenFile from = tree.otherCache(first.change().place())) {
            RawPath model = first.temporary().orElseThrow();
            editor.link(from, model, tree.cache(change.place()), name);
        }
        return new PreparedChange(change, Optional.of(name), true, link(change), first.after());
    }

    /** Checks that a file can be written in place. */
    PreparedChange inPlace(FileChange change) throws SystemCallException, SkippedException {
        tree.checkSource(change.place(), change.sourceStamp());
        try (OpenFile file = tree.open(change.place(), true)) {
            FileFacts facts = tree.checked(change, file, false);
            return new PreparedChange(
                    change, Optional.empty(), facts.links() > 1, Optional.empty(), FileState.of(facts.stamp()));
        }
    }

    /** Makes the prepared change; throws when the file or its source has changed since the plan. */
    void commit(PreparedChange prepared) throws SystemCallException, SkippedException {
        FileChange change = prepared.change();
        tree.checkSource(change.place(), change.sourceStamp());
        if (prepared.temporary().isPresent()) {
            if (prepared.link().isPresent()) {
                tree.checkLink(change, prepared.link().get());
            } else {
                tree.checkName(change, prepared.linked());
            }
            editor.rename(
                    tree.cache(change.place()),
                    prepared.temporary().get(),
                    change.place().pyc().name());
        } else {
            overwrite(prepared);
        }
        if (durability == Durability.EACH) {
            editor.force(tree.cache(change.place()));
        }
    }

    /** The stamp that a pyc has now. */
    public FileStamp stampNow(FileChange change) throws SystemCallException, SkippedException {
        return editor.stat(tree.cache(change.place()), change.place().pyc().name())
                .stamp();
    }

    /**
     * The journal entry of a prepared change; keeps the old file in the journal where more than its header is lost.
     *
     * @param directory the pyc's, absolute
     */
    JournalEntry journalEntry(PreparedChange prepared, RawPath directory, Journal journal)
            throws IOException, SkippedException {
        FileChange change = prepared.change();
        RawPath name = change.place().pyc().name();
        RawPath temporary = prepared.temporary().orElse(RawPath.EMPTY);
        byte[] head = change.newHead().encode();
        HeaderBytes newHead = HeaderBytes.of(head, head.length);
        if (prepared.link().isPresent()) {
            return JournalEntry.linkReplaced(directory, name, prepared.link().get(), prepared.after(), newHead);
        }
        if (change.oldStamp().isEmpty()) {
            return JournalEntry.created(directory, name, temporary, prepared.after(), newHead);
        }
        FileStamp old = change.oldStamp().get();
        FileState before = FileState.of(old);
        return switch (change) {
            case HeaderRewrite _ ->
                JournalEntry.restamped(directory, name, temporary, before, prepared.after(), change.oldHead(), newHead);
            case WholeFile _ ->
                JournalEntry.replaced(
                        directory,
                        name,
                        temporary,
                        before,
                        prepared.after(),
                        change.oldHead(),
                        newHead,
                        keepOld(change.place(), old.size(), journal));
        };
    }

    private long keepOld(FilePlace place, long size, Journal journal) throws IOException, SkippedException {
        try (OpenFile old = tree.open(place, false)) {
            return journal.keep(editor, old, size);
        }
    }

    /** Deletes a new file that is not needed. */
    void discard(PreparedChange prepared) {
        if (prepared.temporary().isPresent()) {
            try {
                editor.unlink(
                        tree.cache(prepared.change().place()),
                        prepared.temporary().get());
            } catch (SystemCallException | SkippedException gone) {
                // The next repair finds the directory in the journal and deletes the file.
            }
        }
    }

    /** Removes the directory that was made for a pyc, if it is empty. */
    void removeCache(FilePlace place) {
        try {
            if (place.directory().isAbsolute()) {
                try (OpenFile parent = editor.openRoot(place.directory().parent())) {
                    editor.removeDirectory(parent, place.directory().name());
                }
                return;
            }
            editor.removeDirectory(
                    tree.sourceDirectory(place), place.directory().name());
        } catch (SystemCallException | SkippedException notEmpty) {
            // The directory is in use, is gone, or was never made.
        }
    }

    /** Notes that a file is written, so that its file system is synced. */
    void wroteTo(FileFacts facts, FilePlace place) {
        fileSystems.add(facts, place);
    }

    /** Waits until the file system of an open directory is on the disk. */
    void syncFileSystem(OpenFile directory) throws SystemCallException {
        editor.forceFileSystem(directory);
    }

    private interface Filling {
        /** Writes an open new file; returns its state afterwards. */
        FileState fill(OpenFile file) throws SystemCallException, SkippedException;
    }

    /**
     * Gives a new file all that the old one has. A group that the user is not in, and another owner, only root can give.
     *
     * @param instead what the user can do then; empty for nothing
     */
    private void copyAttributes(OpenFile old, FileFacts facts, OpenFile made, FileFacts own, String instead)
            throws SystemCallException, SkippedException {
        try {
            editor.copyAttributes(old, facts, made, own);
        } catch (SystemCallException refused) {
            boolean given = own.user() != facts.user() || own.group() != facts.group();
            if (!given || !refused.errno().equals(Errno.EPERM)) {
                throw refused;
            }
            throw new SkippedException(
                    SkipReason.REFUSED,
                    "you cannot give a new file its owner and group (" + refused.getMessage() + ")" + instead);
        }
    }

    private FileState filled(OpenFile directory, RawPath name, OpenFile made, Filling filling)
            throws SystemCallException, SkippedException {
        boolean done = false;
        try (made) {
            FileState after = filling.fill(made);
            if (durability == Durability.EACH) {
                editor.force(made);
            }
            done = true;
            return after;
        } finally {
            if (!done) {
                editor.unlink(directory, name);
            }
        }
    }

    private void overwrite(PreparedChange prepared) throws SystemCallException, SkippedException {
        FileChange change = prepared.change();
        try (OpenFile file = tree.open(change.place(), true)) {
            FileFacts before = tree.checked(change, file, prepared.linked());
            editor.overwrite(file, before, change.newHead().encode());
            wroteTo(before, change.place());
            editor.setMtime(file, before.stamp().mtimeSeconds(), before.stamp().mtimeNanos());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        }
    }

    @Override
    public void close() {
        tree.close();
    }
}
