package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.RawPath;

/** Takes what one worker finds. Each worker has a visitor of its own, so none needs a lock. */
public interface ScanVisitor {

    /** A bytecode file, or one that was expected and is absent. */
    void saw(Sighting sighting);

    /** A directory, relative to its entry, that could not be opened or listed. */
    void refused(ScanEntry entry, RawPath directory, Errno errno);

    /** All files of a directory, relative to its entry, were shown. */
    void finished(ScanEntry entry, RawPath directory);
}
