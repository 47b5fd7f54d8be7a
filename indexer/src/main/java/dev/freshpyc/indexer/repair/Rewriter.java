package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.repair.Left;
import dev.freshpyc.indexer.libc.FileEditor;
import dev.freshpyc.indexer.libc.FileFacts;
import dev.freshpyc.indexer.libc.SystemCallException;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One worker that writes: it makes new files, and later lets them take the place of the old ones. */
final class Rewriter implements AutoCloseable {

    /** The end of every temporary file's name, which no interpreter and no scan takes for bytecode. */
    static final String TEMPORARY = ".freshpyc-new";

    private final FileEditor editor = new FileEditor();
    private final Directories directories = new Directories(editor);
    private final Directories sources = new Directories(editor);
    private final Durability durability;

    Rewriter(Durability durability) {
        this.durability = durability;
    }

    /** The file as it is, when it is still as it was seen. */
    FileFacts look(Change change) throws SystemCallException, LeftException {
        int file = open(change, false);
        try {
            return checked(change, file, true);
        } finally {
            editor.close(file);
        }
    }

    /** Makes the new file beside the old one. */
    Prepared replace(Change change) throws SystemCallException, LeftException {
        int old = open(change, false);
        try {
            FileFacts facts = checked(change, old, true);
            checkSource(change);
            int directory = directories.open(change.entry(), change.directory());
            RawPath name = temporary();
            FileState after = filled(change, directory, name, old, facts);
            return new Prepared(change, Optional.of(name), facts.links() > 1, after);
        } finally {
            editor.close(old);
        }
    }

    /** Gives the new file of another change a second name, beside this change's file. */
    Prepared link(Prepared first, Change change) throws SystemCallException, LeftException {
        int from = directories.openAlso(first.change().entry(), first.change().directory());
        try {
            int directory = directories.open(change.entry(), change.directory());
            RawPath name = temporary();
            editor.link(from, first.temporary().orElseThrow(), directory, name);
            return new Prepared(change, Optional.of(name), true, first.after());
        } finally {
            editor.close(from);
        }
    }

    /** Checks that the file can be written in place. */
    Prepared inPlace(Change change) throws SystemCallException, LeftException {
        int file = open(change, true);
        try {
            FileFacts facts = checked(change, file, true);
            checkSource(change);
            return new Prepared(change, Optional.empty(), facts.links() > 1, FileState.of(facts.stamp()));
        } finally {
            editor.close(file);
        }
    }

    /** Makes the change, unless the file or its source is not any more what it was. */
    void commit(Prepared prepared) throws SystemCallException, LeftException {
        Change change = prepared.change();
        checkSource(change);
        int directory = directories.open(change.entry(), change.directory());
        if (prepared.temporary().isPresent()) {
            Stamp now = editor.stat(directory, change.pyc().name()).stamp();
            require(isSame(now, change.stamp(), prepared.linked()));
            editor.rename(directory, prepared.temporary().get(), change.pyc().name());
        } else {
            overwrite(prepared);
        }
        if (durability == Durability.EACH) {
            editor.force(directory);
        }
    }

    /** The stamp of a file as it is now. */
    Stamp stampNow(Change change) throws SystemCallException, LeftException {
        int directory = directories.open(change.entry(), change.directory());
        return editor.stat(directory, change.pyc().name()).stamp();
    }

    /** Deletes a new file that will not be needed. */
    void discard(Prepared prepared) {
        if (prepared.temporary().isPresent()) {
            try {
                int directory = directories.open(
                        prepared.change().entry(), prepared.change().directory());
                editor.unlink(directory, prepared.temporary().get());
            } catch (SystemCallException | LeftException gone) {
                // The next repair finds it in the journal and deletes it.
            }
        }
    }

    /** Waits until the file system of an entry is on the disk. */
    void force(Change any) throws SystemCallException, LeftException {
        editor.forceFileSystem(directories.open(any.entry(), any.directory()));
    }

    private void overwrite(Prepared prepared) throws SystemCallException, LeftException {
        Change change = prepared.change();
        int file = open(change, true);
        try {
            Stamp before = checked(change, file, !prepared.linked()).stamp();
            editor.overwrite(file, change.newHead().encode());
            editor.setMtime(file, before.mtimeSeconds(), before.mtimeNanos());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        } finally {
            editor.close(file);
        }
    }

    private FileState filled(Change change, int directory, RawPath name, int old, FileFacts facts)
            throws SystemCallException {
        int made = editor.create(directory, name);
        boolean done = false;
        try {
            editor.copy(old, made, facts.stamp().size(), change.newHead().encode());
            editor.copyAttributes(old, facts, made);
            editor.setMtime(made, facts.stamp().mtimeSeconds(), facts.stamp().mtimeNanos());
            if (durability == Durability.EACH) {
                editor.force(made);
            }
            FileState after = FileState.of(editor.stat(made).stamp());
            done = true;
            return after;
        } finally {
            editor.close(made);
            if (!done) {
                editor.unlink(directory, name);
            }
        }
    }

    private int open(Change change, boolean writable) throws SystemCallException, LeftException {
        int directory = directories.open(change.entry(), change.directory());
        try {
            return editor.open(directory, change.pyc().name(), writable);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ELOOP)) {
                throw new LeftException(Left.LINK);
            }
            throw refused;
        }
    }

    /** The facts of an open file, when it is the one that was seen, to the last bit that can be told. */
    private FileFacts checked(Change change, int file, boolean byCtime) throws SystemCallException, LeftException {
        FileFacts facts = editor.stat(file);
        require(facts.regular() && isSame(facts.stamp(), change.stamp(), !byCtime));
        byte[] expected = change.oldHead();
        require(Arrays.equals(editor.read(file, expected.length), expected));
        return facts;
    }

    private void checkSource(Change change) throws SystemCallException, LeftException {
        int directory = sources.open(change.entry(), change.source().parent());
        FileFacts facts = editor.stat(directory, change.source().name());
        if (!facts.regular()) {
            throw new LeftException(Left.LINK);
        }
        require(facts.stamp().equals(change.sourceStamp()));
    }

    private static void require(boolean same) throws LeftException {
        if (!same) {
            throw new LeftException(Left.CHANGING);
        }
    }

    private static boolean isSame(Stamp now, Stamp then, boolean withoutCtime) {
        return withoutCtime
                ? now.inode() == then.inode()
                        && now.size() == then.size()
                        && now.mtimeSeconds() == then.mtimeSeconds()
                        && now.mtimeNanos() == then.mtimeNanos()
                : now.equals(then);
    }

    /** A name that nothing has. */
    static RawPath temporary() {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return RawPath.EMPTY.resolve("." + random + TEMPORARY);
    }

    @Override
    public void close() {
        sources.close();
        directories.close();
        editor.close();
    }
}
