package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index's knowledge of one source and its pycs.
 *
 * @param stamp taken before the source was read; null when there is no source, {@link FileStamp#UNSETTLED} when it was racy
 * @param content SHA-256 of the source; null when the source was not read
 * @param pycs one for each tag and level, in the order of their names
 */
public record SourceRecord(
        @Nullable FileStamp stamp, @Nullable Sha256 content, List<PycRecord> pycs) {

    public SourceRecord {
        pycs = List.copyOf(pycs);
    }
}
