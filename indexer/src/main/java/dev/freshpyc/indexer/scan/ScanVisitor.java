package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import java.util.function.Supplier;

/** Takes what one worker finds. Each worker has a visitor of its own, so none needs a lock. */
public interface ScanVisitor {

    /**
     * Asked before a directory's bytecode is shown: whether this visitor knows all about files that look so, and needs not
     * be shown them.
     *
     * @param looks digest over names and stamps of all that would be shown, taken when it is asked for
     */
    default boolean recognizes(PathEntry entry, RawPath directory, Supplier<Sha256> looks) {
        return false;
    }

    /** An entry whose directory is that of one before it: its files are shown as that one's alone. */
    default void repeated(PathEntry entry) {}

    /** A bytecode file, or one that was expected and is absent. */
    void saw(Sighting sighting);

    /** A directory, relative to its entry, that could not be opened or listed. */
    void refused(PathEntry entry, RawPath directory, Errno errno);

    /** All files of a directory, relative to its entry, were shown. */
    void finished(PathEntry entry, RawPath directory);
}
