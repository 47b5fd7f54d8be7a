package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.RacyWindow;

/**
 * How far an index is trusted.
 *
 * @param trustStamps whether an equal stamp means an equal file; not so where ctime or inode numbers are not stable
 * @param digests whether contents are read and hashed at all
 * @param reuseVerdicts whether a recorded verdict is the answer for an unchanged pair; false where the run asks about another
 *     interpreter or other options than the refresh that recorded the verdict
 * @param trustPortable whether the portable stamps of a sealed index mean an equal file, too: enough for a report, and too
 *     little for a new record or a repair
 */
public record IndexRules(
        RacyWindow window, boolean trustStamps, boolean digests, boolean reuseVerdicts, boolean trustPortable) {

    /** Rules that read every file which only a sealed index knows. */
    public IndexRules(RacyWindow window, boolean trustStamps, boolean digests, boolean reuseVerdicts) {
        this(window, trustStamps, digests, reuseVerdicts, false);
    }

    /** These rules, for a run that only reports. */
    public IndexRules withPortableStamps() {
        return new IndexRules(window, trustStamps, digests, reuseVerdicts, true);
    }

    /**
     * Whether a file has not changed since a stamp was recorded, as far as the stamps say.
     *
     * @param stable whether the file system keeps the ctime and the inode of an unchanged file
     */
    boolean isEqual(FileStamp recorded, FileStamp now, boolean stable) {
        return trustStamps
                && (recorded.isPortable()
                        ? trustPortable && recorded.isPortableStampOf(now)
                        : stable && recorded.equals(now));
    }

    /** Whether a record has everything that this run would find out by reading the files. */
    boolean isComplete(KnownSource source, PycRecord pyc) {
        boolean sourceRead = source.stamp() == null || source.knownContent() != null;
        return pyc.isDecided() && (!digests || (pyc.body() != null && sourceRead));
    }
}
