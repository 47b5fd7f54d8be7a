package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.scan.ScanEntry;
import java.util.Arrays;

/**
 * One bytecode file that is to get another header, as it was when that was decided.
 *
 * @param pyc relative to the entry, or absolute under a cache prefix
 * @param record what the index knows of it; its stamp is what the file looked like
 * @param source relative to the entry
 * @param sourceStamp as it was before the source was read
 * @param newHead the header that is wanted
 * @param evidence on what that rests
 */
record Change(
        ScanEntry entry,
        RawPath pyc,
        Stamp stamp,
        PycRecord record,
        RawPath source,
        Stamp sourceStamp,
        PycHeader.Intact newHead,
        Evidence evidence) {

    RawPath directory() {
        return pyc.parent();
    }

    /** The bytes that the new header takes the place of. */
    byte[] oldHead() {
        return Arrays.copyOf(record.head().toBytes(), newHead.layout().length());
    }
}
