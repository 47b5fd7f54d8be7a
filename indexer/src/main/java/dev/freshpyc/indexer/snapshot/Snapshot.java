package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import java.io.IOException;
import java.nio.file.Path;

/** A snapshot that is open for reading: its index, and the directory of the pycs that it keeps. */
final class Snapshot implements AutoCloseable {

    private static final String FILES = "files";

    private final Generation index;
    private final OpenFile files;

    private Snapshot(Generation index, OpenFile files) {
        this.index = index;
        this.files = files;
    }

    /**
     * Opens the snapshot in a directory.
     *
     * @throws SnapshotException when its index is not there or damaged
     */
    static Snapshot open(Path directory, RawPath entry, TreeWriter editor) throws IOException {
        Generation index = new ChronicleStore(directory, StoreEvents.NONE)
                .open(entry)
                .orElseThrow(() -> new SnapshotException(entry.shown() + ": there is no usable index in "
                        + JavaPath.toRaw(directory).shown()));
        try {
            return new Snapshot(index, openFiles(directory, editor));
        } catch (IOException refused) {
            index.close();
            throw refused;
        }
    }

    /** Opens the directory of the pycs that a snapshot keeps. */
    static OpenFile openFiles(Path directory, TreeWriter editor) throws IOException {
        return editor.openRoot(canonical(filesIn(directory)));
    }

    /** The directory of the pycs that a snapshot keeps. */
    static Path filesIn(Path directory) {
        return directory.resolve(FILES);
    }

    static RawPath canonical(Path path) throws IOException {
        return JavaPath.toRaw(CanonicalPath.ofExisting(path));
    }

    Generation index() {
        return index;
    }

    OpenFile files() {
        return files;
    }

    @Override
    public void close() {
        files.close();
        index.close();
    }
}
