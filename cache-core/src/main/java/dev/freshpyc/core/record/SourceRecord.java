package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index's knowledge of one source and its pycs.
 *
 * @param stamp taken before the source was read; null when there is no source, {@link FileStamp#UNSETTLED} when it was racy;
 *     portable in a sealed index
 * @param content SHA-256 of the source; null when the source was not read
 * @param pycs one for each tag and level, in the order of their names
 */
public record SourceRecord(
        @Nullable FileStamp stamp, @Nullable Sha256 content, List<PycRecord> pycs) {

    public SourceRecord {
        pycs = List.copyOf(pycs);
    }

    /** This record for a copy of the tree, with stamps that survive the copy. */
    public SourceRecord portable() {
        return new SourceRecord(
                stamp == null ? null : stamp.portable(),
                content,
                pycs.stream().map(pyc -> pyc.portable(content)).toList());
    }

    /** Whether the source and all pycs have a stamp by which a later run can recognize them. */
    public boolean isSettled() {
        return !FileStamp.UNSETTLED.equals(stamp)
                && pycs.stream().noneMatch(pyc -> pyc.stamp().equals(FileStamp.UNSETTLED));
    }
}
