package dev.freshpyc.indexer.repair.tree;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import java.util.Arrays;

/** The files of a tree as one worker opens them again: never through a link, and only while they are what they were. */
public final class CheckedTree implements AutoCloseable {

    private final TreeWriter editor = HostFiles.newWriter();
    private final DirectoryCache caches = new DirectoryCache(editor);
    private final DirectoryCache sources = new DirectoryCache(editor);

    public TreeWriter editor() {
        return editor;
    }

    /** The open directory of a bytecode file. */
    public OpenFile cache(FileLocation location) throws SystemCallException, SkippedException {
        return caches.open(location.entry(), location.directory());
    }

    /** Whether that directory is there. */
    public boolean hasCache(FileLocation location) throws SystemCallException, SkippedException {
        try {
            cache(location);
            return true;
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ENOENT)) {
                return false;
            }
            throw refused;
        }
    }

    /** The same, made if it is not there: with the owner and permissions of its source's directory. */
    public OpenFile madeCache(FileLocation location) throws SystemCallException, SkippedException {
        if (hasCache(location)) {
            return cache(location);
        }
        OpenFile parent = sourceDirectory(location);
        FileFacts facts = editor.stat(parent);
        try {
            editor.makeDirectory(parent, location.directory().name(), 0700);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EEXIST)) {
                return cache(location); // another worker was faster
            }
            throw refused;
        }
        OpenFile made = cache(location);
        FileFacts own = editor.stat(made);
        if (own.user() != facts.user() || own.group() != facts.group()) {
            editor.setOwner(made, facts.user(), facts.group());
        }
        editor.setMode(made, facts.mode());
        return made;
    }

    /** A second directory of bytecode files, which the caller closes. */
    public OpenFile otherCache(FileLocation location) throws SystemCallException, SkippedException {
        return caches.walk(location.entry(), location.directory());
    }

    /** The open directory of a source. */
    public OpenFile sourceDirectory(FileLocation location) throws SystemCallException, SkippedException {
        return sources.open(location.entry(), location.source().parent());
    }

    /** An open bytecode file; the caller closes it. */
    public OpenFile open(FileLocation location, boolean writable) throws SystemCallException, SkippedException {
        return open(cache(location), location.pyc().name(), writable);
    }

    /** The facts of an open file, when it is the one that was seen, to the last bit that can be told. */
    public FileFacts checked(FileChange change, OpenFile file, boolean linked)
            throws SystemCallException, SkippedException {
        FileFacts facts = stamped(change, file, linked);
        byte[] expected = change.oldHead().toBytes();
        require(Arrays.equals(editor.read(file, expected.length), expected));
        return facts;
    }

    /** The same for a file whose header is compared when it is copied. */
    public FileFacts stamped(FileChange change, OpenFile file, boolean linked)
            throws SystemCallException, SkippedException {
        FileFacts facts = editor.stat(file);
        require(facts.regular() && isSame(facts.stamp(), change.stamp().orElseThrow(), linked));
        return facts;
    }

    /** Refuses a name that is not any more, or again, what was seen. */
    public void checkName(FileChange change, boolean linked) throws SystemCallException, SkippedException {
        RawPath name = change.location().pyc().name();
        if (change.stamp().isPresent()) {
            require(isSame(
                    editor.stat(cache(change.location()), name).stamp(),
                    change.stamp().get(),
                    linked));
        } else {
            require(isAbsent(cache(change.location()), name));
        }
    }

    /** Refuses a source that changed. */
    public FileFacts checkSource(FileLocation location, FileStamp expected)
            throws SystemCallException, SkippedException {
        FileFacts facts =
                editor.stat(sourceDirectory(location), location.source().name());
        if (!facts.regular()) {
            throw new SkippedException(SkipReason.LINK);
        }
        require(facts.stamp().equals(expected));
        return facts;
    }

    /** A whole source that has that stamp before and after it is read. */
    public byte[] readSource(FileLocation location, FileStamp expected, int limit)
            throws SystemCallException, SkippedException {
        try (OpenFile file = openSource(location, false)) {
            require(editor.stat(file).stamp().equals(expected) && expected.size() <= limit);
            byte[] source = new byte[(int) expected.size()];
            int done = 0;
            while (done < source.length) {
                int read = editor.read(file, done, source, done, source.length - done);
                require(read > 0);
                done += read;
            }
            require(editor.stat(file).stamp().equals(expected));
            return source;
        }
    }

    @Override
    public void close() {
        sources.close();
        caches.close();
        editor.close();
    }

    /** The stamp of a source as it is now. */
    public FileStamp sourceStampNow(FileLocation location) throws SystemCallException, SkippedException {
        return editor.stat(sourceDirectory(location), location.source().name()).stamp();
    }

    /** An open source; the caller closes it. */
    public OpenFile openSource(FileLocation location, boolean writable) throws SystemCallException, SkippedException {
        return open(sourceDirectory(location), location.source().name(), writable);
    }

    private OpenFile open(OpenFile directory, RawPath name, boolean writable)
            throws SystemCallException, SkippedException {
        try {
            return editor.open(directory, name, writable);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ELOOP)) {
                throw new SkippedException(SkipReason.LINK);
            }
            throw refused;
        }
    }

    private boolean isAbsent(OpenFile directory, RawPath name) throws SystemCallException {
        try {
            editor.stat(directory, name);
            return false;
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ENOENT)) {
                return true;
            }
            throw refused;
        }
    }

    private static void require(boolean same) throws SkippedException {
        if (!same) {
            throw new SkippedException(SkipReason.CHANGING);
        }
    }

    /** @param linked whether the ctime may differ, since another name of the same file was replaced meanwhile */
    private static boolean isSame(FileStamp now, FileStamp then, boolean linked) {
        return linked ? FileState.of(now).equals(FileState.of(then)) : now.equals(then);
    }
}
