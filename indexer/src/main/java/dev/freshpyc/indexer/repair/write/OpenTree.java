package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.write.TreeLinks.Target;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens the files of a plan again for one writer: through symbolic links only as far as they stay inside the tree, and only while
 * the files are unchanged.
 */
public final class OpenTree implements AutoCloseable {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);
    private static final Errno EINVAL = new Errno(22);

    private final TreeWriter editor = HostFiles.newWriter();
    private final TreeLinks links;
    private final OpenDirectories caches;
    private final OpenDirectories sources;

    /** @param root the root directory of the system that the tree belongs to; empty for this system */
    OpenTree(Optional<RawPath> root) {
        links = new TreeLinks(editor, root);
        caches = new OpenDirectories(editor, links);
        sources = new OpenDirectories(editor, links);
    }

    /** The system calls of this writer. */
    TreeWriter editor() {
        return editor;
    }

    /** The open directory of a pyc. */
    OpenFile cache(FilePlace place) throws SystemCallException, SkippedException {
        return caches.open(place.entry(), place.directory());
    }

    /** Closes all directories until they are needed again. */
    void release() {
        sources.close();
        caches.close();
        links.close();
    }

    /** Whether the directory of a pyc exists. */
    boolean hasCache(FilePlace place) throws SystemCallException, SkippedException {
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

    /** The absent directories above that of a pyc, the outermost first. Only below a cache prefix are such directories absent. */
    List<RawPath> absentAbove(FilePlace place) {
        List<RawPath> absent = new ArrayList<>();
        RawPath directory = place.directory().parent();
        while (place.directory().isAbsolute() && !CanonicalPath.exists(directory)) {
            absent.addFirst(directory);
            directory = directory.parent();
        }
        return absent;
    }

    /**
     * The open directory of a pyc. A directory that does not exist is made with owner and permissions of the source's directory, but
     * under a cache prefix as the interpreter makes it.
     */
    OpenFile cacheMadeIfAbsent(FilePlace place) throws SystemCallException, SkippedException {
        if (hasCache(place)) {
            return cache(place);
        }
        boolean prefixed =
                place.directory().isAbsolute() && !place.directory().name().equals(CACHE);
        if (prefixed) {
            List<RawPath> absent = absentAbove(place);
            absent.add(place.directory());
            for (RawPath directory : absent) {
                makeDirectory(directory);
            }
            return cache(place);
        }
        OpenFile parent = sourceDirectory(place);
        FileFacts facts = editor.stat(parent);
        try {
            editor.makeDirectory(parent, place.directory().name(), 0700);
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EEXIST)) {
                return cache(place); // another thread was faster
            }
            throw refused;
        }
        OpenFile made = cache(place);
        FileFacts own = editor.stat(made);
        if (own.user() != facts.user() || own.group() != facts.group()) {
            editor.setOwner(made, facts.user(), facts.group());
        }
        editor.setMode(made, facts.mode());
        return made;
    }

    private void makeDirectory(RawPath directory) throws SystemCallException {
        try (OpenFile parent = editor.openRoot(directory.parent())) {
            editor.makeDirectory(parent, directory.name(), 0777);
        } catch (SystemCallException refused) {
            if (!refused.errno().equals(Errno.EEXIST)) { // another thread was faster
                throw refused;
            }
        }
    }

    /** The open directory of another pyc; the caller closes it. */
    OpenFile otherCache(FilePlace place) throws SystemCallException, SkippedException {
        return caches.walk(place.entry(), place.directory());
    }

    /** An open directory of an entry, or an absolute one, that no link leads to; the caller closes it. */
    OpenFile withoutLinks(PathEntry entry, RawPath directory) throws SystemCallException {
        return caches.walkWithoutLinks(entry, directory);
    }

    /** Whether interpreters find no source of a pyc: the source's name leads to no regular file, directly or by links. */
    boolean isSourceAbsent(FilePlace place) throws SystemCallException, SkippedException {
        try {
            return !statThrough(place.entry(), sourceDirectory(place), place.source())
                    .regular();
        } catch (SystemCallException refused) {
            if (refused.errno().isAbsence()) {
                return true;
            }
            throw refused;
        }
    }

    /** The open directory of a source. */
    OpenFile sourceDirectory(FilePlace place) throws SystemCallException, SkippedException {
        return sources.open(place.entry(), place.source().parent());
    }

    /** An open pyc, for reading also behind a link; the caller closes it. */
    OpenFile open(FilePlace place, boolean writable) throws SystemCallException, SkippedException {
        return writable
                ? editor.open(cache(place), place.pyc().name(), true)
                : open(place.entry(), cache(place), place.pyc());
    }

    /** The text of the symbolic link that a pyc's name is; empty for a file, and where there is none. */
    Optional<RawPath> linkText(FilePlace place) throws SystemCallException, SkippedException {
        try {
            return Optional.of(editor.readLink(cache(place), place.pyc().name()));
        } catch (SystemCallException refused) {
            boolean noLink = refused.errno().equals(EINVAL) || refused.errno().equals(Errno.ENOENT);
            if (noLink) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The facts of an open pyc, whose stamp and first bytes must be those of the plan. */
    FileFacts checked(FileChange change, OpenFile file, boolean linked) throws SystemCallException, SkippedException {
        FileFacts facts = checkedByStamp(change, file, linked);
        byte[] expected = change.oldHead().toBytes();
        require(Arrays.equals(editor.read(file, expected.length), expected));
        return facts;
    }

    /** The facts of an open pyc, whose stamp must be that of the plan; its header is compared when the file is copied. */
    FileFacts checkedByStamp(FileChange change, OpenFile file, boolean linked)
            throws SystemCallException, SkippedException {
        FileFacts facts = editor.stat(file);
        require(facts.regular() && isSame(facts.stamp(), change.oldStamp().orElseThrow(), linked));
        return facts;
    }

    /** Throws unless the name of a pyc belongs to the planned old file, or to no file where the plan has no old file. */
    void checkName(FileChange change, boolean linked) throws SystemCallException, SkippedException {
        RawPath name = change.place().pyc().name();
        if (change.oldStamp().isPresent()) {
            require(isSame(
                    editor.stat(cache(change.place()), name).stamp(),
                    change.oldStamp().get(),
                    linked));
        } else {
            require(isAbsent(cache(change.place()), name));
        }
    }

    /** Throws unless the name of a pyc is still that of a symbolic link with the same text. */
    void checkLink(FileChange change, RawPath text) throws SystemCallException, SkippedException {
        require(linkText(change.place()).equals(Optional.of(text)));
    }

    /** Throws unless a source has the expected stamp; returns its facts. */
    FileFacts checkSource(FilePlace place, FileStamp expected) throws SystemCallException, SkippedException {
        FileFacts facts = statThrough(place.entry(), sourceDirectory(place), place.source());
        require(facts.regular() && facts.stamp().equals(expected));
        return facts;
    }

    /** The bytes of a source that has the expected stamp before and after reading. */
    byte[] readSource(FilePlace place, FileStamp expected, int limit) throws SystemCallException, SkippedException {
        try (OpenFile file = openSource(place)) {
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
        release();
        editor.close();
    }

    /** The stamp that a source has now. */
    public FileStamp sourceStampNow(FilePlace place) throws SystemCallException, SkippedException {
        return statThrough(place.entry(), sourceDirectory(place), place.source())
                .stamp();
    }

    /** An open source, also behind a link; the caller closes it. */
    OpenFile openSource(FilePlace place) throws SystemCallException, SkippedException {
        return open(place.entry(), sourceDirectory(place), place.source());
    }

    private OpenFile open(PathEntry entry, OpenFile directory, RawPath path)
            throws SystemCallException, SkippedException {
        try {
            return editor.open(directory, path.name(), false);
        } catch (SystemCallException refused) {
            if (!refused.errno().equals(Errno.ELOOP)) {
                throw refused;
            }
        }
        try (Target target = links.file(entry, path)) {
            require(editor.stat(target.directory(), target.name()).regular()); // opening a device may have side effects
            return editor.open(target.directory(), target.name(), false);
        }
    }

    /** The facts of a file; for a link, the facts of the file that the link leads to. */
    private FileFacts statThrough(PathEntry entry, OpenFile directory, RawPath path)
            throws SystemCallException, SkippedException {
        FileFacts facts = editor.stat(directory, path.name());
        if (facts.regular()) {
            return facts;
        }
        try (Target target = links.file(entry, path)) {
            return editor.stat(target.directory(), target.name());
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

    /** @param linked whether the ctime may differ, since another name of the file was replaced meanwhile */
    private static boolean isSame(FileStamp now, FileStamp then, boolean linked) {
        return linked ? FileState.of(now).equals(FileState.of(then)) : now.equals(then);
    }
}
