package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.compile.CodeReader;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import dev.freshpyc.indexer.repair.tree.CheckedTree;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One worker that writes: it makes new files, and later lets them take the place of the old ones. */
public final class PycWriter implements AutoCloseable {

    /** The end of every temporary file's name, which no interpreter and no scan takes for bytecode. */
    public static final String TEMPORARY = ".freshpyc-new";

    /** What the names of this process's temporary files begin with, and those of no other process. */
    public static final String RUN =
            "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final int NEW_FILE = 0666;
    private static final int OWNER_WRITES = 0200;

    private final CheckedTree tree = new CheckedTree();
    private final TreeWriter editor = tree.editor();
    private final CodeReader oldCode = new CodeReader(tree);
    private final Durability durability;
    private final WrittenFileSystems fileSystems;

    /** @param fileSystems is told of all that is written to */
    public PycWriter(Durability durability, WrittenFileSystems fileSystems) {
        this.durability = durability;
        this.fileSystems = fileSystems;
    }

    public CheckedTree tree() {
        return tree;
    }

    public CodeReader oldCode() {
        return oldCode;
    }

    /** The facts of an old file that has more names than one; empty as well for one that is not what was seen. */
    public Optional<FileFacts> severalNames(FileChange change) throws SystemCallException, SkippedException {
        if (change.stamp().isEmpty() || change.isAlone()) {
            return Optional.empty();
        }
        FileFacts facts = editor.stat(
                tree.cache(change.location()), change.location().pyc().name());
        boolean seen = facts.regular() && facts.stamp().equals(change.stamp().get());
        return seen && facts.links() > 1 ? Optional.of(facts) : Optional.empty();
    }

    /** Makes the new file beside the old one. */
    public PreparedChange replace(FileChange change) throws SystemCallException, SkippedException {
        if (change.stamp().isEmpty()) {
            return create(change);
        }
        try (OpenFile old = tree.open(change.location(), false)) {
            FileFacts facts = change.isWhole() ? tree.checked(change, old, false) : tree.stamped(change, old, false);
            RawPath name = temporary();
            OpenFile directory = tree.cache(change.location());
            OpenFile fresh = editor.createLike(directory, name, facts);
            FileState after = filled(directory, name, fresh, made -> {
                FileFacts own = editor.stat(made);
                wroteTo(own, change.location());
                if (change.isWhole()) {
                    editor.write(made, change.newHead().encode(), change.body());
                    editor.copyAttributes(old, facts, made, own);
                    return FileState.of(editor.stat(made).stamp());
                }
                FileStamp stamp = facts.stamp();
                editor.copy(
                        old,
                        made,
                        stamp.size(),
                        change.oldHead().toBytes(),
                        change.newHead().encode());
                editor.copyAttributes(old, facts, made, own);
                editor.setMtime(made, stamp.mtimeSeconds(), stamp.mtimeNanos());
                return FileState.of(stamp).withInode(own.stamp().inode());
            });
            change.release();
            return new PreparedChange(change, Optional.of(name), facts.links() > 1, after);
        }
    }

    /** Makes a file where none is, as the interpreter makes it: with its source's permissions to read and write. */
    private PreparedChange create(FileChange change) throws SystemCallException, SkippedException {
        FileFacts source = tree.checkSource(change.location(), change.sourceStamp());
        byte[] body = change.body();
        tree.madeCache(change.location());
        RawPath name = temporary();
        OpenFile directory = tree.cache(change.location());
        FileState after = filled(directory, name, editor.create(directory, name), made -> {
            editor.write(made, change.newHead().encode(), body);
            FileFacts own = editor.stat(made);
            wroteTo(own, change.location());
            if (own.user() != source.user() || own.group() != source.group()) {
                editor.setOwner(made, source.user(), source.group());
            }
            editor.setMode(made, (source.mode() | OWNER_WRITES) & NEW_FILE);
            return FileState.of(editor.stat(made).stamp());
        });
        change.release();
        return new PreparedChange(change, Optional.of(name), false, after);
    }

    /** Gives the new file of another change a second name, beside this change's file. */
    public PreparedChange link(PreparedChange first, FileChange change) throws SystemCallException, SkippedException {
        RawPath name = temporary();
        try (OpenFile from = tree.otherCache(first.change().location())) {
            RawPath model = first.temporary().orElseThrow();
            editor.link(from, model, tree.cache(change.location()), name);
        }
        change.release();
        return new PreparedChange(change, Optional.of(name), true, first.after());
    }

    /** Checks that a file can be written in place. */
    public PreparedChange inPlace(FileChange change) throws SystemCallException, SkippedException {
        tree.checkSource(change.location(), change.sourceStamp());
        try (OpenFile file = tree.open(change.location(), true)) {
            FileFacts facts = tree.checked(change, file, false);
            return new PreparedChange(change, Optional.empty(), facts.links() > 1, FileState.of(facts.stamp()));
        }
    }

    /** Makes the change, unless the file or its source is not any more what it was. */
    public void commit(PreparedChange prepared) throws SystemCallException, SkippedException {
        FileChange change = prepared.change();
        tree.checkSource(change.location(), change.sourceStamp());
        if (prepared.temporary().isPresent()) {
            tree.checkName(change, prepared.linked());
            editor.rename(
                    tree.cache(change.location()),
                    prepared.temporary().get(),
                    change.location().pyc().name());
        } else {
            overwrite(prepared);
        }
        if (durability == Durability.EACH) {
            editor.force(tree.cache(change.location()));
        }
    }

    /** The stamp of a file as it is now. */
    public FileStamp stampNow(FileChange change) throws SystemCallException, SkippedException {
        return editor.stat(
                        tree.cache(change.location()), change.location().pyc().name())
                .stamp();
    }

    /** Deletes a new file that will not be needed. */
    public void discard(PreparedChange prepared) {
        if (prepared.temporary().isPresent()) {
            try {
                editor.unlink(
                        tree.cache(prepared.change().location()),
                        prepared.temporary().get());
            } catch (SystemCallException | SkippedException gone) {
                // The next repair finds it in the journal and deletes it.
            }
        }
    }

    /** Removes the directory of a bytecode file that was made for it, as long as there is nothing in it. */
    public void removeCache(FileLocation location) {
        try {
            editor.removeDirectory(
                    tree.sourceDirectory(location), location.directory().name());
        } catch (SystemCallException | SkippedException notEmpty) {
            // Or gone, or never made: all the same.
        }
    }

    /** Takes note of a file that is written. */
    public void wroteTo(FileFacts facts, FileLocation location) {
        fileSystems.wroteTo(facts, location);
    }

    /** Waits until the file system of an open directory is on the disk. */
    public void force(OpenFile directory) throws SystemCallException {
        editor.forceFileSystem(directory);
    }

    private interface Filling {
        /** Returns the file as it is then. */
        FileState fill(OpenFile file) throws SystemCallException;
    }

    private FileState filled(OpenFile directory, RawPath name, OpenFile made, Filling filling)
            throws SystemCallException {
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
        try (OpenFile file = tree.open(change.location(), true)) {
            FileFacts before = tree.checked(change, file, prepared.linked());
            editor.overwrite(file, before, change.newHead().encode());
            wroteTo(before, change.location());
            editor.setMtime(file, before.stamp().mtimeSeconds(), before.stamp().mtimeNanos());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        }
    }

    /** A name that nothing has. */
    public static RawPath temporary() {
        return RawPath.of(RUN + HexFormat.of().toHexDigits(COUNT.getAndIncrement()) + TEMPORARY);
    }

    @Override
    public void close() {
        tree.close();
    }
}
