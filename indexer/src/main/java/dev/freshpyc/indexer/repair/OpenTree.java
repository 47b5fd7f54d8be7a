package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.linux.FileFacts;
import dev.freshpyc.indexer.fs.linux.LinuxTreeWriter;
import dev.freshpyc.indexer.fs.linux.SystemCallException;
import dev.freshpyc.indexer.repair.Change.Place;
import java.util.Arrays;

/** The files of a tree as one worker opens them again: never through a link, and only while they are what they were. */
final class OpenTree implements AutoCloseable {

    private final LinuxTreeWriter editor = new LinuxTreeWriter();
    private final Directories caches = new Directories(editor);
    private final Directories sources = new Directories(editor);

    LinuxTreeWriter editor() {
        return editor;
    }

    /** The open directory of a bytecode file. */
    int cache(Place place) throws SystemCallException, SkippedException {
        return caches.open(place.entry(), place.directory());
    }

    /** Whether that directory is there. */
    boolean hasCache(Place place) throws SystemCallException, SkippedException {
        try {
            cache(place);
            return true;
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ENOENT)) {
                return false;
            }
            throw refused;
        }
    }

    /** The same, made if it is not there: with the owner and permissions of its source's directory. */
    int madeCache(Place place) throws SystemCallException, SkippedException {
        if (hasCache(place)) {
            return cache(place);
        }
        int parent = sourceDirectory(place);
        FileFacts facts = editor.stat(parent);
        try {
            editor.makeDirectory(parent, place.directory().name(), 0700);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EEXIST)) {
                return cache(place); // another worker was faster
            }
            throw refused;
        }
        int made = cache(place);
        FileFacts own = editor.stat(made);
        if (own.user() != facts.user() || own.group() != facts.group()) {
            editor.setOwner(made, facts.user(), facts.group());
        }
        editor.setMode(made, facts.mode());
        return made;
    }

    /** A second directory of bytecode files, which the caller closes. */
    int otherCache(Place place) throws SystemCallException, SkippedException {
        return caches.walk(place.entry(), place.directory());
    }

    /** The open directory of a source. */
    int sourceDirectory(Place place) throws SystemCallException, SkippedException {
        return sources.open(place.entry(), place.source().parent());
    }

    /** An open bytecode file; the caller closes it. */
    int open(Place place, boolean writable) throws SystemCallException, SkippedException {
        return open(cache(place), place.pyc().name(), writable);
    }

    /** The facts of an open file, when it is the one that was seen, to the last bit that can be told. */
    FileFacts checked(Change change, int file, boolean linked) throws SystemCallException, SkippedException {
        FileFacts facts = stamped(change, file, linked);
        byte[] expected = change.oldHead().toBytes();
        require(Arrays.equals(editor.read(file, expected.length), expected));
        return facts;
    }

    /** The same for a file whose header is compared when it is copied. */
    FileFacts stamped(Change change, int file, boolean linked) throws SystemCallException, SkippedException {
        FileFacts facts = editor.stat(file);
        require(facts.regular() && isSame(facts.stamp(), change.stamp().orElseThrow(), linked));
        return facts;
    }

    /** Refuses a name that is not any more, or again, what was seen. */
    void checkName(Change change, boolean linked) throws SystemCallException, SkippedException {
        RawPath name = change.place().pyc().name();
        if (change.stamp().isPresent()) {
            require(isSame(
                    editor.stat(cache(change.place()), name).stamp(),
                    change.stamp().get(),
                    linked));
        } else {
            require(isAbsent(cache(change.place()), name));
        }
    }

    /** Refuses a source that changed. */
    FileFacts checkSource(Place place, FileStamp expected) throws SystemCallException, SkippedException {
        FileFacts facts = editor.stat(sourceDirectory(place), place.source().name());
        if (!facts.regular()) {
            throw new SkippedException(SkipReason.LINK);
        }
        require(facts.stamp().equals(expected));
        return facts;
    }

    /** A whole source that has that stamp before and after it is read. */
    byte[] readSource(Place place, FileStamp expected, int limit) throws SystemCallException, SkippedException {
        int file = openSource(place, false);
        try {
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
        } finally {
            editor.close(file);
        }
    }

    @Override
    public void close() {
        sources.close();
        caches.close();
        editor.close();
    }

    /** The stamp of a source as it is now. */
    FileStamp sourceStampNow(Place place) throws SystemCallException, SkippedException {
        return editor.stat(sourceDirectory(place), place.source().name()).stamp();
    }

    /** An open source; the caller closes it. */
    int openSource(Place place, boolean writable) throws SystemCallException, SkippedException {
        return open(sourceDirectory(place), place.source().name(), writable);
    }

    private int open(int directory, RawPath name, boolean writable) throws SystemCallException, SkippedException {
        try {
            return editor.open(directory, name, writable);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ELOOP)) {
                throw new SkippedException(SkipReason.LINK);
            }
            throw refused;
        }
    }

    private boolean isAbsent(int directory, RawPath name) throws SystemCallException {
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
