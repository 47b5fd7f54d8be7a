package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one source and all its bytecode.
 *
 * @param stamp as it was before the source was read; null where there is no source, {@link FileStamp#UNSETTLED} when it was too
 *     young to be trusted
 * @param content SHA-256 of the source; null where it was not read
 * @param pycs one for each tag and level, in the order of their names
 */
public record SourceRecord(
        @Nullable FileStamp stamp, @Nullable Sha256 content, List<PycRecord> pycs) {

    public SourceRecord {
        pycs = List.copyOf(pycs);
    }
}
