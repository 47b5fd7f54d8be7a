package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.SkippedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mtimes that {@code __pycache__} directories had before new files were made in them. A directory in which files were only
 * replaced lists the same names as before and gets its mtime back, so that repairs of equal trees make equal archives. Other
 * directories keep their new mtime: an interpreter lists a directory of modules again when its mtime has changed.
 */
final class CacheTimes {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final EntryRoots roots;
    private final Map<RawPath, Before> before = new ConcurrentHashMap<>();
    private final Set<RawPath> withNewNames = ConcurrentHashMap.newKeySet();

    CacheTimes(EntryRoots roots) {
        this.roots = roots;
    }

    /** @param place of any pyc in the directory */
    private record Before(FilePlace place, FileStamp stamp) {}

    /** Notes the mtime of a pyc's directory, if it exists; to be called before a new file is made there. */
    void note(FileRewriter writer, FilePlace place) throws SystemCallException, SkippedException {
        if (!place.directory().name().equals(CACHE)) {
            return;
        }
        RawPath directory = roots.directory(place);
        if (before.containsKey(directory)) {
            return;
        }
        synchronized (this) { // no thread makes a file before the mtime is known
            if (!before.containsKey(directory) && writer.tree().hasCache(place)) {
                OpenFile open = writer.tree().cache(place);
                before.put(
                        directory,
                        new Before(place, writer.tree().editor().stat(open).stamp()));
            }
        }
    }

    /** Notes that a pyc was made where there was none: its directory keeps the new mtime. */
    void made(FilePlace place) {
        withNewNames.add(roots.directory(place));
    }

    /** Restores the mtimes; to be called when the last file has been renamed or deleted. */
    void restore(WriterPool writers) throws IOException, InterruptedException {
        List<Before> wanted = before.entrySet().stream()
                .filter(one -> !withNewNames.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        writers.forEach(wanted, (writer, one) -> restore(writer, one));
    }

    private static void restore(FileRewriter writer, Before one) {
        TreeWriter editor = writer.tree().editor();
        try {
            OpenFile open = writer.tree().cache(one.place());
            FileStamp now = editor.stat(open).stamp();
            if (!now.hasMtimeOf(one.stamp()) && now.inode() == one.stamp().inode()) {
                editor.setMtime(open, one.stamp().mtimeSeconds(), one.stamp().mtimeNanos());
            }
        } catch (SystemCallException | SkippedException refused) {
            // Only the owner may set times. The directory keeps its new mtime, with which interpreters work as well.
        }
    }
}
